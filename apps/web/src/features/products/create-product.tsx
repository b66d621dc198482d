import { CURRENCIES, minorUnitDigits, PRODUCT_NAME_LENGTH, type Product, type User } from "@yumroad/contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { FormSummary } from "../../components/form-summary.tsx";
import { Message } from "../../components/message.tsx";
import { SelectField } from "../../components/select-field.tsx";
import { TextAreaField } from "../../components/text-area-field.tsx";
import { TextField } from "../../components/text-field.tsx";
import { useForm } from "../../components/use-form.ts";
import { clearDraft, loadDraft, saveDraft } from "../../lib/drafts.ts";
import { useUnsavedWarning } from "../../lib/unsaved.ts";
import { useCreateProduct } from "./api.ts";
import classes from "./create-product.module.css";
import { checkDraft, currencyOf, EMPTY_DRAFT, isEmptyDraft, ProductDraft } from "./product-draft.ts";
import { ProductPreview } from "./product-preview.tsx";

const FORM = "new-product";

interface CreateProductProps {
  user: User;
  onCreated: (product: Product) => void;
}

/** The form of a new product beside what will come of it. What is typed outlives a reload and the end of the session. */
export function CreateProduct({ user, onCreated }: CreateProductProps) {
  const [kept] = useState(() => loadDraft(user.id, FORM, ProductDraft));
  const [isRestored, setRestored] = useState(kept !== null && !isEmptyDraft(kept));
  const createProduct = useCreateProduct();
  const discard = useCallback(() => clearDraft(user.id, FORM), [user.id]);
  const form = useForm({
    initial: { ...(kept ?? EMPTY_DRAFT), status: "published" },
    check: ({ status, ...draft }) => checkDraft(draft, status),
    submit: async (input) => {
      const product = await createProduct.mutateAsync(input);
      discard();
      release();
      onCreated(product);
    },
  });
  const { status: _, ...draft } = form.values;
  const isUnsaved = !isEmptyDraft(draft);
  const keep = useAutosave(user.id, draft);
  const release = useUnsavedWarning(isUnsaved, { keep, discard });

  function startOver() {
    discard();
    setRestored(false);
    form.setValues({ ...EMPTY_DRAFT, status: "published" });
  }

  const sending = form.isBusy ? createProduct.variables?.status : undefined;
  const digits = minorUnitDigits(currencyOf(draft));
  return (
    <div className={classes.layout}>
      <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="New product">
        {isRestored && (
          <Message>
            We kept what you typed.{" "}
            <button type="button" className={classes.startOver} onClick={startOver}>
              Start over
            </button>
          </Message>
        )}
        <FormSummary problem={form.problem} />
        <TextField
          label="Name"
          description={`${PRODUCT_NAME_LENGTH.min} to ${PRODUCT_NAME_LENGTH.max} characters`}
          autoComplete="off"
          field={form.field("name")}
        />
        <div className={classes.price}>
          <TextField
            label="Price"
            description={digits === 0 ? "0 makes it free" : `Like 19.${"9".repeat(digits)}; 0 makes it free`}
            inputMode="decimal"
            autoComplete="off"
            field={form.field("price")}
          />
          <SelectField label="Currency" options={CURRENCIES} field={form.field("currency")} />
        </div>
        <TextAreaField label="Description" description="Optional" rows={9} field={form.field("description")} />
        <div className={classes.actions}>
          <Button type="submit" look="primary" isBusy={form.isBusy && sending !== "draft"}>
            Publish
          </Button>
          <Button isBusy={form.isBusy && sending === "draft"} onClick={() => void form.submit({ status: "draft" })}>
            Save draft
          </Button>
        </div>
      </form>
      <ProductPreview draft={draft} store={user.store} />
    </div>
  );
}

/** Keeps the draft at every change; gives back a function that keeps it once more, should storage have been wiped. */
function useAutosave(userId: string, { name, description, price, currency }: ProductDraft): () => void {
  const latest = useRef(EMPTY_DRAFT);
  const keep = useCallback(() => saveDraft(userId, FORM, latest.current), [userId]);
  useEffect(() => {
    latest.current = { name, description, price, currency };
    if (isEmptyDraft(latest.current)) clearDraft(userId, FORM);
    else keep();
  }, [userId, keep, name, description, price, currency]);
  return keep;
}
