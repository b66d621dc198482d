import type { OwnProduct, Product, ProductField, User } from "@yumroad/contract";
import { useEffect, useRef, useState } from "react";
import { loadDraft } from "../../platform/lib/drafts.ts";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { type FormProblem, useForm } from "../../platform/ui/use-form.ts";
import { productFormWords } from "../../words/product-form.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { useUpdateProduct, type VersionedProduct } from "./api.ts";
import {
  type Aside,
  checkEdit,
  differences,
  KeptEdit,
  merge,
  putAside,
  take,
  theirChanges,
  type Version,
  versionOf,
  withAside,
} from "./edit-draft.ts";
import type { EditDraft } from "./product-draft.ts";

interface EditFormOptions {
  user: User;
  loaded: VersionedProduct;
  onSaved: (now: Product) => void;
}

const GONE: FormProblem = {
  attempt: 1,
  text: productFormWords.edit.gone,
  fields: [],
};

/**
 * The input over a version of a product, and another user's change meanwhile. While `theirs` is set, the user has been
 * told of that change: fields that only the other changed are in the form, and saving sends the differences.
 */
export function useEditForm({ user, loaded, onSaved }: EditFormOptions) {
  const formName = `edit:${loaded.product.slug}`;
  const versions = useVersions(user.id, formName, loaded);
  const { initial, base, theirs, aside, isRestored, setTheirs, startFrom } = versions;
  const [product, setProduct] = useState(loaded.product);
  const [isGone, setGone] = useState(false);
  const updateProduct = useUpdateProduct(product.slug);
  const over = theirs ?? base;

  const form = useForm({
    faultTexts: moneyFaults,
    initial,
    isReusable: true,
    check: (draft: EditDraft) => {
      const checked = checkEdit(draft, fieldsToSend(differences(draft, over.draft), product));
      return checked.ok ? { ok: true, input: { draft, change: checked.input } } : checked;
    },
    submit: async ({ draft, change }) => {
      // The server refuses an empty change, so nothing is sent.
      if (Object.keys(change).length === 0) return settle(over, draft, product);
      const outcome = await updateProduct.mutateAsync({ change, version: over.version });
      if (outcome.kind === "gone") return setGone(true);
      const now = versionOf(outcome.now);
      // The other change was identical, so there is no conflict to show.
      const isSame = differences(draft, now.draft).length === 0 && !outcome.now.product.needsPriceCheck;
      if (outcome.kind === "saved" || isSame) return settle(now, draft, outcome.now.product);
      form.setValues((mine) => merge({ base: over.draft, mine, theirs: now.draft }));
      setTheirs(now);
      setProduct(outcome.now.product);
    },
  });
  const { discard, release } = useKeptDraft({
    userId: user.id,
    form: formName,
    values: { draft: form.values, base, theirs, aside },
    isUnsaved: isUnsaved(form.values, over, aside),
  });

  /** The sent input is the product now. Later input stays. */
  function settle(now: Version, sent: EditDraft, saved: OwnProduct) {
    setProduct(saved);
    startFrom(now);
    form.setValues((last) => (differences(last, sent).length === 0 ? now.draft : last));
    onSaved(saved);
  }

  useFocusAfterConflict(form.field("name").id, theirs !== null);

  return {
    form,
    /** The open conflict between their change and the input, or null. */
    conflict: theirs && conflictOf({ base, values: form.values, theirs, aside }),
    product,
    isRestored,
    problem: isGone ? GONE : form.problem,
    /** Discards all input. */
    startOver() {
      form.setValues(base.draft);
      startFrom(base);
    },
    /** Fills in their version of these fields, or mine again. */
    choose: createChoose(form, versions),
    /** The form is about to be left for good. */
    forget() {
      discard();
      release();
    },
  };
}

/** The changed fields, and a price that has to be checked: saving it as it is says that it is right. */
function fieldsToSend(changed: ProductField[], { needsPriceCheck }: OwnProduct): ProductField[] {
  return needsPriceCheck && !changed.includes("price") ? [...changed, "price"] : changed;
}

/** Whose version of a field is in the form. */
export type Whose = "theirs" | "mine";

type Versions = ReturnType<typeof useVersions>;

interface Form {
  values: EditDraft;
  setValues: (change: (last: EditDraft) => EditDraft) => void;
}

function createChoose({ values, setValues }: Form, { aside, theirs, setAside }: Versions) {
  return (fields: readonly ProductField[], whose: Whose) => {
    if (theirs === null) return;
    const mine = withAside(values, { aside, theirs: theirs.draft });
    if (whose === "theirs") setAside({ ...aside, ...putAside(fields, mine) });
    setValues((now) => take(fields, { mine: now, theirs: whose === "theirs" ? theirs.draft : mine }));
  };
}

interface Editing {
  base: Version;
  values: EditDraft;
  theirs: Version;
  aside: Aside;
}

function conflictOf({ base, values, theirs, aside }: Editing) {
  const mine = withAside(values, { aside, theirs: theirs.draft });
  const changes = theirChanges({ base: base.draft, mine, theirs: theirs.draft });
  const different = differences(values, theirs.draft);
  return {
    was: base.draft,
    mine,
    theirs,
    ...changes,
    kept: changes.clashing.filter((field) => different.includes(field)),
  };
}

export type Conflict = ReturnType<typeof conflictOf>;

/** Input that was put aside is as unsaved as that in the form. */
function isUnsaved(values: EditDraft, over: Version, aside: Aside): boolean {
  return Object.keys(aside).length > 0 || differences(values, over.draft).length > 0;
}

/** The version that the input is over, another user's change meanwhile, and the input that was kept. */
function useVersions(userId: string, formName: string, loaded: VersionedProduct) {
  const fresh = versionOf(loaded);
  const [kept] = useState(() => loadKept(userId, formName, fresh));
  const [isRestored, setRestored] = useState(kept !== null);
  const [base, setBase] = useState(kept?.base ?? fresh);
  const [aside, setAside] = useState<Aside>(kept?.aside ?? {});
  const [theirs, setTheirs] = useState(kept !== null && kept.base.version !== fresh.version ? fresh : null);
  return {
    initial: kept?.draft ?? fresh.draft,
    base,
    theirs,
    aside,
    isRestored,
    setTheirs,
    setAside,
    startFrom(version: Version) {
      setBase(version);
      setAside({});
      setTheirs(null);
      setRestored(false);
    },
  };
}

/** The buttons of the comparison disappear, so the focus moves to the form. */
function useFocusAfterConflict(fieldId: string, isConflict: boolean) {
  const wasConflict = useRef(false);
  useEffect(() => {
    if (wasConflict.current && !isConflict) document.getElementById(fieldId)?.focus();
    wasConflict.current = isConflict;
  }, [isConflict, fieldId]);
}

function loadKept(userId: string, formName: string, fresh: Version): KeptEdit | null {
  const kept = loadDraft(userId, formName, KeptEdit);
  if (kept === null) return null;
  const over = kept.theirs ?? kept.base;
  const draft = merge({ base: over.draft, mine: kept.draft, theirs: fresh.draft });
  return isUnsaved(draft, fresh, kept.aside) ? { ...kept, draft } : null;
}
