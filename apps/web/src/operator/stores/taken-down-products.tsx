import { useInfiniteQuery } from "@tanstack/react-query";
import type { TakenDownProduct } from "@yumroad/contract";
import { useRef } from "react";
import { formatDate } from "../../platform/lib/format.ts";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { storesWords } from "../../words/stores.ts";
import { takenDownProductsQuery, usePutBackProduct } from "./api.ts";
import listClasses from "./taken-down-products.module.css";

const words = storesWords.takenDown;

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
    <Section title={words.title}>
      <PagedList result={result} count={products.length} noun={[words.one, words.many]} focusable="li" empty={null}>
        <ul aria-label={words.title} className={listClasses.list}>
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
  const putBackWords = storesWords.putBack;
  const quoted = storesWords.product.quoted(name);
  const { mutate, isPending, error } = usePutBackProduct();
  // Focusable, as the first of the newly loaded items.
  const item = useRef<HTMLLIElement>(null);
  const focusEvents = useFocusCaught(item);
  return (
    <li ref={item} tabIndex={-1} className={classes.item} {...focusEvents}>
      <div className={classes.words}>
        <p className={classes.name}>{name}</p>
        <p className={classes.line}>
          <Rich
            text={words.facts}
            parts={{
              store: `${store.name} (@${store.handle})`,
              date: <time dateTime={takenDownAt}>{formatDate(takenDownAt)}</time>,
            }}
          />
        </p>
        <p className={classes.line}>{storesWords.list.reason(takenDownReason)}</p>
      </div>
      <div className={classes.actions}>
        <Button
          size="sm"
          label={putBackWords.putBackName(quoted)}
          isBusy={isPending}
          onClick={() => mutate(slug, { onSuccess: () => onDone(putBackWords.done(quoted)) })}
        >
          {putBackWords.putBack}
        </Button>
      </div>
      <div className={classes.problems}>
        <ActionProblem error={error} text={putBackWords.failed(quoted)} />
      </div>
    </li>
  );
}
