import type { Product } from "@yumroad/contract";
import { lazy, Suspense, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { productFormWords } from "../../words/product-form.ts";
import classes from "./product-form.module.css";

const words = productFormWords.remove;

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
          {words.title}
        </h2>
        <p className={classes.hint}>{words.hint}</p>
      </div>
      <Button onClick={() => setAsking(true)}>{words.ask}</Button>
      {isAsking && (
        <Suspense>
          <DeleteDialog product={product} onDeleted={onDeleted} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </section>
  );
}
