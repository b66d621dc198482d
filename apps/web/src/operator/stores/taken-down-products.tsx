import { useInfiniteQuery } from "@tanstack/react-query";
import type { TakenDownProduct } from "@yumroad/contract";
import { useRef } from "react";
import { formatDate } from "../../platform/lib/format.ts";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { takenDownProductsQuery, usePutBackProduct } from "./api.ts";
import listClasses from "./taken-down-products.module.css";

interface TakenDownProductsProps {
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** The products that are taken down, so that each can be put back. Shows nothing if there are none. */
export function TakenDownProducts({ onDone }: TakenDownProductsProps) {
  const result = useInfiniteQuery(takenDownProductsQuery);
  const products = result.data?.pages.flatMap((page) => page.items) ?? [];
  if (result.data !== undefined && products.length === 0) return null;
  return (
    <Section title="Products that are taken down">
      <PagedList result={result} count={products.length} noun={["product", "products"]} focusable="li" empty={null}>
        <ul aria-label="Products that are taken down" className={listClasses.list}>
          {products.map((product) => (
            <TakenDownItem key={product.slug} product={product} onDone={onDone} />
          ))}
        </ul>
      </PagedList>
    </Section>
  );
}

function TakenDownItem({ product, onDone }: TakenDownProductsProps & { product: TakenDownProduct }) {
  const { slug, name, store, takenDownReason, takenDownAt } = product;
  const { mutate, isPending, error } = usePutBackProduct();
  // Focusable, as the first of the newly loaded items.
  const item = useRef<HTMLLIElement>(null);
  const focusEvents = useFocusCaught(item);
  return (
    <li ref={item} tabIndex={-1} className={classes.item} {...focusEvents}>
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p className={classes.line}>
          {store.name} (@{store.handle}) · Since <time dateTime={takenDownAt}>{formatDate(takenDownAt)}</time>
        </p>
        <p className={classes.line}>Reason: {takenDownReason}</p>
      </div>
      <div className={classes.actions}>
        <Button
          size="sm"
          label={`Put back “${name}”`}
          isBusy={isPending}
          onClick={() => mutate(slug, { onSuccess: () => onDone(`“${name}” is back`) })}
        >
          Put back
        </Button>
      </div>
      <div className={classes.problems}>
        <ActionProblem error={error} text={`“${name}” could not be put back`} />
      </div>
    </li>
  );
}
