import type { Product, User } from "@yumroad/contract";
import { useState } from "react";
import { loadDraft } from "../../platform/lib/drafts.ts";
import { useKeptDraft } from "../../platform/lib/use-kept-draft.ts";
import { Button } from "../../platform/ui/button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { KeptMessage } from "../../platform/ui/kept-message.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { productFormWords } from "../../words/product-form.ts";
import { moneyFaults } from "../../words/validation-of-money.ts";
import { useCreateProduct } from "./api.ts";
import { checkDraft, EMPTY_DRAFT, isEmptyDraft, NewProductDraft } from "./product-draft.ts";
import { ProductFields } from "./product-fields.tsx";
import classes from "./product-form.module.css";
import { ProductPreview } from "./product-preview.tsx";

const words = productFormWords.create;

const FORM = "new-product";

interface CreateProductProps {
  user: User;
  /** Name of the store that the first product opens, until the seller writes another. */
  suggestedStoreName: string;
  onCreated: (product: Product) => void;
}

/** The form of a new product beside its preview. Input survives a reload and the end of the session. */
export function CreateProduct({ user, suggestedStoreName, onCreated }: CreateProductProps) {
  const [kept] = useState(() => loadDraft(user.id, FORM, NewProductDraft));
  const [isRestored, setRestored] = useState(kept !== null && !isEmptyDraft(kept));
  const isFirst = user.store === null;
  const empty = { ...EMPTY_DRAFT, storeName: isFirst ? suggestedStoreName : "" };
  const createProduct = useCreateProduct();
  const form = useForm({
    faultTexts: moneyFaults,
    initial: { ...empty, ...kept, status: "published" },
    check: ({ status, storeName, ...draft }) => checkDraft(draft, status, isFirst ? storeName : undefined),
    submit: async (input) => {
      const product = await createProduct.mutateAsync(input);
      discard();
      release();
      onCreated(product);
    },
  });
  const { status: _, ...draft } = form.values;
  const { discard, release } = useKeptDraft({
    userId: user.id,
    form: FORM,
    values: draft,
    isUnsaved: !isEmptyDraft(draft),
  });

  function startOver() {
    discard();
    setRestored(false);
    form.setValues({ ...empty, status: "published" });
  }

  const sending = form.isBusy ? createProduct.variables?.status : undefined;
  return (
    <div className={classes.layout}>
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.title}>
        {isRestored && <KeptMessage text={words.startOver} onStartOver={startOver} />}
        <FormSummary problem={form.problem} />
        {isFirst && (
          <TextField
            label={words.storeName}
            description={words.storeNameHint}
            autoComplete="organization"
            field={form.field("storeName")}
          />
        )}
        <ProductFields form={form} />
        <div className={classes.actions} data-sticky-bar>
          <Button type="submit" look="primary" isBusy={form.isBusy && sending !== "draft"}>
            {words.publish}
          </Button>
          <Button isBusy={form.isBusy && sending === "draft"} onClick={() => void form.submit({ status: "draft" })}>
            {words.saveDraft}
          </Button>
        </div>
      </form>
      <ProductPreview draft={draft} store={user.store ?? { handle: "", name: draft.storeName }} />
    </div>
  );
}
