import type { Product } from "@yumroad/contract";
import { ApiError } from "../../platform/lib/call.ts";
import { explain } from "../../platform/lib/explain.ts";
import { Button } from "../../platform/ui/button.tsx";
import { Dialog } from "../../platform/ui/dialog.tsx";
import { productFormWords } from "../../words/product-form.ts";
import { useDeleteProduct } from "./api.ts";
import classes from "./product-form.module.css";

const words = productFormWords.remove;

interface DeleteDialogProps {
  product: Pick<Product, "slug" | "name">;
  onDeleted: () => void;
  onClose: () => void;
}

export function DeleteDialog({ product, onDeleted, onClose }: DeleteDialogProps) {
  const deleteProduct = useDeleteProduct(product.slug);
  function remove() {
    deleteProduct.mutate(undefined, {
      onSuccess: onDeleted,
      // It is gone already, which is the wanted result.
      onError: (error) => error instanceof ApiError && error.code === "not_found" && onDeleted(),
    });
  }
  return (
    <Dialog
      title={words.askTitle(product.name)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button look="danger" isBusy={deleteProduct.isPending || deleteProduct.isSuccess} onClick={remove}>
            {words.confirm}
          </Button>
        </>
      }
    >
      <p>{words.text}</p>
      {deleteProduct.isError && (
        <p role="alert" className={classes.error}>
          {words.failed(explain(deleteProduct.error))}
        </p>
      )}
    </Dialog>
  );
}
