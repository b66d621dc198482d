import type { OwnProduct, Product, ProductField, User } from "@yumroad/contract";
import { useEffect, useRef, useState } from "react";
import { loadDraft } from "../../platform/lib/drafts.ts";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { type FormProblem, useForm } from "../../platform/ui/use-form.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { useUpdateProduct, type VersionedProduct } from "./api.ts";
import { checkEdit, differences, KeptEdit, merge, take, theirChanges, type Version, versionOf } from "./edit-draft.ts";
import type { EditDraft } from "./product-draft.ts";

interface EditFormOptions {
  user: User;
  loaded: VersionedProduct;
  onSaved: (now: Product) => void;
}

const GONE: FormProblem = {
  attempt: 1,
  text: "Somebody deleted this product in the meantime. What you typed is still here, should you want to copy it",
  fields: [],
};

/**
 * The input over a version of a product, and another user's change meanwhile. While `theirs` is set, the user has been
 * told of that change: fields that only the other changed are in the form, and saving sends the differences.
 */
export function useEditForm({ user, loaded, onSaved }: EditFormOptions) {
  const fresh = versionOf(loaded);
  const formName = `edit:${loaded.product.slug}`;
  const [kept] = useState(() => loadKept(user.id, formName, fresh));
  const [isRestored, setRestored] = useState(kept !== null);
  const [base, setBase] = useState(kept?.base ?? fresh);
  const [theirs, setTheirs] = useState(kept !== null && kept.base.version !== fresh.version ? fresh : null);
  const [product, setProduct] = useState(loaded.product);
  const [isGone, setGone] = useState(false);
  const updateProduct = useUpdateProduct(product.slug);
  const over = theirs ?? base;

  const form = useForm({
    faultTexts: moneyFaults,
    initial: kept?.draft ?? fresh.draft,
    isReusable: true,
    check: (draft: EditDraft) => {
      const checked = checkEdit(draft, fieldsToSend(draft));
      return checked.ok ? { ok: true, input: { draft, change: checked.input } } : checked;
    },
    submit: async ({ draft, change }) => {
      // The server refuses an empty change, so nothing is sent.
      if (Object.keys(change).length === 0) return settle(over, draft, product);
      const outcome = await updateProduct.mutateAsync({ change, version: over.version });
      if (outcome.kind === "gone") return setGone(true);
      const now = versionOf(outcome.now);
      // The other change was identical, so there is no conflict to show.
      const isSettled =
        outcome.kind === "saved" ||
        (differences(draft, now.draft).length === 0 && !outcome.now.product.needsPriceCheck);
      if (isSettled) return settle(now, draft, outcome.now.product);
      form.setValues((mine) => merge({ base: over.draft, mine, theirs: now.draft }));
      setTheirs(now);
    },
  });
  const { discard, release } = useKeptDraft({
    userId: user.id,
    form: formName,
    values: { draft: form.values, base, theirs },
    isUnsaved: differences(form.values, over.draft).length > 0,
  });

  /** The changed fields, and a price that has to be checked: saving it as it is says that it is right. */
  function fieldsToSend(draft: EditDraft): ProductField[] {
    const changed = differences(draft, over.draft);
    return product.needsPriceCheck && !changed.includes("price") ? [...changed, "price"] : changed;
  }

  /** The sent input is the product now. Later input stays. */
  function settle(now: Version, sent: EditDraft, saved: OwnProduct) {
    setProduct(saved);
    startFrom(now);
    form.setValues((last) => (differences(last, sent).length === 0 ? now.draft : last));
    onSaved(saved);
  }

  function startFrom(version: Version) {
    setBase(version);
    setTheirs(null);
    setRestored(false);
  }

  // The buttons of the comparison disappear, so the focus moves to the form.
  const nameId = form.field("name").id;
  const hadTheirs = useRef(false);
  useEffect(() => {
    if (hadTheirs.current && theirs === null) document.getElementById(nameId)?.focus();
    hadTheirs.current = theirs !== null;
  }, [theirs, nameId]);

  return {
    form,
    /** The open conflict between their change and the input, or null. */
    conflict: theirs && {
      was: base.draft,
      theirs,
      ...theirChanges({ base: base.draft, mine: form.values, theirs: theirs.draft }),
    },
    product,
    isRestored,
    problem: isGone ? GONE : form.problem,
    /** Discards all input. */
    startOver() {
      form.setValues(base.draft);
      startFrom(base);
    },
    /** Discards the input of fields that both changed. Other input stays. */
    takeTheirs() {
      if (theirs === null) return;
      const theirFields = differences(base.draft, theirs.draft);
      form.setValues((mine) => take(theirFields, { mine, theirs: theirs.draft }));
      startFrom(theirs);
    },
    /** The form is about to be left for good. */
    forget() {
      discard();
      release();
    },
  };
}

function loadKept(userId: string, formName: string, fresh: Version): KeptEdit | null {
  const kept = loadDraft(userId, formName, KeptEdit);
  if (kept === null) return null;
  const over = kept.theirs ?? kept.base;
  const draft = merge({ base: over.draft, mine: kept.draft, theirs: fresh.draft });
  return differences(draft, fresh.draft).length > 0 ? { ...kept, draft } : null;
}
