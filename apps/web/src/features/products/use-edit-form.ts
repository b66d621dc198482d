import type { Product, User } from "@yumroad/contract";
import { useEffect, useRef, useState } from "react";
import { type FormProblem, useForm } from "../../components/use-form.ts";
import { loadDraft } from "../../lib/drafts.ts";
import { type OwnProduct, useUpdateProduct } from "./api.ts";
import { changeOf, checkEdit, differences, type EditDraft, KeptEdit, type Version, versionOf } from "./edit-draft.ts";
import { useKeptDraft } from "./use-kept-draft.ts";

interface EditFormOptions {
  user: User;
  loaded: OwnProduct;
  onSaved: (now: Product) => void;
}

const GONE: FormProblem = {
  attempt: 1,
  text: "Somebody deleted this product in the meantime. What you typed is still here, should you want to copy it",
  fields: [],
};

/**
 * What is typed over which version of a product, and what somebody else has made of it meanwhile. As long as `theirs`
 * is there the person has been told of it, and saving means saving over it.
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
    initial: kept?.draft ?? fresh.draft,
    isReusable: true,
    check: (draft: EditDraft) => {
      const checked = checkEdit(draft);
      if (!checked.ok) return checked;
      return { ok: true, input: { draft, change: changeOf(checked.input, differences(draft, over.draft)) } };
    },
    submit: async ({ draft, change }) => {
      // The server takes no change that changes nothing, and there is nothing to ask of it.
      if (Object.keys(change).length === 0) return settle(over, draft, product);
      const outcome = await updateProduct.mutateAsync({ change, version: over.version });
      if (outcome.kind === "gone") return setGone(true);
      const now = versionOf(outcome.now);
      // Somebody else did the very same: nobody has to be told.
      const isSettled = outcome.kind === "saved" || differences(draft, now.draft).length === 0;
      if (isSettled) settle(now, draft, outcome.now.product);
      else setTheirs(now);
    },
  });
  const { discard, release } = useKeptDraft({
    userId: user.id,
    form: formName,
    values: { draft: form.values, base },
    isUnsaved: differences(form.values, base.draft).length > 0,
  });

  /** What was sent is the product now. What was typed since then stays. */
  function settle(now: Version, sent: EditDraft, saved: Product) {
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

  // The buttons of the comparison go with it: the focus must not be lost.
  const nameId = form.field("name").id;
  const hadTheirs = useRef(false);
  useEffect(() => {
    if (hadTheirs.current && theirs === null) document.getElementById(nameId)?.focus();
    hadTheirs.current = theirs !== null;
  }, [theirs, nameId]);

  return {
    form,
    base,
    theirs,
    product,
    isRestored,
    problem: isGone ? GONE : form.problem,
    /** Gives up what is typed for a version that was saved. */
    take(version: Version) {
      form.setValues(version.draft);
      startFrom(version);
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
  return kept !== null && differences(kept.draft, fresh.draft).length > 0 ? kept : null;
}
