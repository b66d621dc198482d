import type { Product, User } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { KeptMessage } from "../../platform/ui/kept-message.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { SelectField } from "../../platform/ui/select-field.tsx";
import type { VersionedProduct } from "./api.ts";
import { DeleteProduct } from "./delete-product.tsx";
import { ProductConflict } from "./product-conflict.tsx";
import { ProductFields } from "./product-fields.tsx";
import classes from "./product-form.module.css";
import { ProductPreview } from "./product-preview.tsx";
import { STATUS_WORDS } from "./status-words.ts";
import { useEditForm } from "./use-edit-form.ts";

const STATUSES = Object.entries(STATUS_WORDS).map(([value, label]) => ({ value, label }));

const STATUS_HINTS: Record<string, string> = {
  draft: "Only you can see it",
  published: "Everybody can see it, and find it in your store",
  archived: "Off the shelf. It stays here, and can be published again",
};

interface EditProductProps {
  user: User;
  loaded: VersionedProduct;
  onSaved: (now: Product) => void;
  onDeleted: (product: Product) => void;
  /** The public page of the product. */
  productPath: string;
  /** A hint that only a published product needs. */
  publishedHint: ReactNode;
  /** The section with what buyers get. */
  contents: ReactNode;
}

/** The form of an existing product beside its preview. */
export function EditProduct({ user, loaded, onSaved, onDeleted, productPath, ...slots }: EditProductProps) {
  const edit = useEditForm({ user, loaded, onSaved });
  const { form, conflict } = edit;
  return (
    <div className={classes.layout}>
      <div className={classes.column}>
        <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Edit product">
          {edit.isRestored && conflict === null && <KeptMessage text="Discard it" onStartOver={edit.startOver} />}
          <FormSummary problem={edit.problem} />
          {conflict !== null && (
            <ProductConflict conflict={conflict} yours={form.values} onTakeTheirs={edit.takeTheirs} />
          )}
          {edit.product.needsPriceCheck && (
            <Message>
              <strong>Check the price.</strong> Prices in {edit.product.price.currency} could be saved 100 times too
              high or too low. Enter what buyers should pay, then save.
            </Message>
          )}
          {edit.product.takenDownReason !== null && (
            <Message>
              <strong>Taken down by the shop owner:</strong> {edit.product.takenDownReason}
            </Message>
          )}
          {edit.product.status === "published" && slots.publishedHint}
          <ProductFields form={form} />
          <SelectField
            label="Status"
            description={STATUS_HINTS[form.values.status] ?? ""}
            options={STATUSES}
            field={form.field("status")}
          />
          <div className={classes.actions} data-sticky-bar>
            <Button type="submit" look="primary" isBusy={form.isBusy}>
              {conflict !== null && conflict.clashing.length > 0 ? "Save mine over it" : "Save"}
            </Button>
            {edit.product.status === "published" && conflict === null && (
              <LinkButton to={productPath}>View its page</LinkButton>
            )}
          </div>
        </form>
        {slots.contents}
        <DeleteProduct
          product={edit.product}
          onDeleted={() => {
            edit.forget();
            onDeleted(edit.product);
          }}
        />
      </div>
      <ProductPreview draft={form.values} store={user.store} known={edit.product} />
    </div>
  );
}
