import type { Product } from "@yumroad/contract";
import { ApiError } from "../../platform/lib/call.ts";
import { explain } from "../../platform/lib/explain.ts";
import { Button } from "../../platform/ui/button.tsx";
import { Dialog } from "../../platform/ui/dialog.tsx";
import { useDeleteProduct } from "./api.ts";
import classes from "./product-form.module.css";

interface DeleteDialogProps {
  product: Product;
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
      title={`Delete “${product.name}”?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" isBusy={deleteProduct.isPending || deleteProduct.isSuccess} onClick={remove}>
            Delete it
          </Button>
        </>
      }
    >
      <p>It will be gone for good, for you and for everybody who has its address.</p>
      {deleteProduct.isError && (
        <p role="alert" className={classes.error}>
          It could not be deleted. {explain(deleteProduct.error)}
        </p>
      )}
    </Dialog>
  );
}
