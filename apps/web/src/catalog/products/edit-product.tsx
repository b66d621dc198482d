import type { Product, User } from "@yumroad/contract";
import type { ReactNode } from "react";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { KeptMessage } from "../../platform/ui/kept-message.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { SelectField } from "../../platform/ui/select-field.tsx";
import { productFormWords } from "../../words/product-form.ts";
import { productStatusWords } from "../../words/product-statuses.ts";
import type { VersionedProduct } from "./api.ts";
import { DeleteProduct } from "./delete-product.tsx";
import { ProductConflict } from "./product-conflict.tsx";
import { ProductFields } from "./product-fields.tsx";
import classes from "./product-form.module.css";
import { ProductPreview } from "./product-preview.tsx";
import { type Conflict, useEditForm } from "./use-edit-form.ts";

const { edit: words, fields, hints } = productFormWords;

const bold = (text: string) => <strong>{text}</strong>;

const STATUSES = Object.entries(productStatusWords).map(([value, label]) => ({ value, label }));

/** The form may hold a status of another version, which has no hint. */
const STATUS_HINTS: Readonly<Record<string, string | undefined>> = {
  draft: hints.draft,
  published: hints.published,
  archived: hints.archived,
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
        <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.title}>
          {edit.isRestored && conflict === null && <KeptMessage text={words.discard} onStartOver={edit.startOver} />}
          <FormSummary problem={edit.problem} />
          {conflict !== null && <ProductConflict conflict={conflict} onChoose={edit.choose} />}
          {edit.product.needsPriceCheck && (
            <Message>
              <Rich text={words.checkPrice} parts={{ b: bold, currency: edit.product.price.currency }} />
            </Message>
          )}
          {edit.product.takenDownReason !== null && (
            <Message>
              <Rich text={words.takenDown} parts={{ b: bold, reason: edit.product.takenDownReason }} />
            </Message>
          )}
          {edit.product.status === "published" && slots.publishedHint}
          <ProductFields form={form} />
          <SelectField
            label={fields.status}
            description={STATUS_HINTS[form.values.status] ?? ""}
            options={STATUSES}
            field={form.field("status")}
          />
          <div className={classes.actions} data-sticky-bar>
            <Button type="submit" look="primary" isBusy={form.isBusy}>
              {saveWords(conflict)}
            </Button>
            {edit.product.status === "published" && conflict === null && (
              <LinkButton to={productPath}>{words.view}</LinkButton>
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

/** What saving does to the other user's change. */
function saveWords(conflict: Conflict | null): string {
  if (conflict === null || conflict.clashing.length === 0) return words.save;
  if (conflict.kept.length === 0) return words.useTheirs;
  return conflict.kept.length === conflict.clashing.length ? words.keepMine : words.saveChoices;
}
