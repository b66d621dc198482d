import type { Product } from "@yumroad/contract";
import { lazy, Suspense, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import classes from "./product-form.module.css";

const DeleteDialog = lazy(async () => ({ default: (await import("./delete-dialog.tsx")).DeleteDialog }));

interface DeleteProductProps {
  product: Product;
  onDeleted: () => void;
}

/** Deletes a product. This is irreversible, so it asks first. */
export function DeleteProduct({ product, onDeleted }: DeleteProductProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <section className={classes.delete} aria-labelledby="delete-title">
      <div>
        <h2 id="delete-title" className={classes.deleteTitle}>
          Delete this product
        </h2>
        <p className={classes.hint}>For good. To take it off the shelf for a while, archive it.</p>
      </div>
      <Button onClick={() => setAsking(true)}>Delete…</Button>
      {isAsking && (
        <Suspense>
          <DeleteDialog product={product} onDeleted={onDeleted} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </section>
  );
}
