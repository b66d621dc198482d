import type { ProductField } from "@yumroad/contract";
import { useEffect, useRef } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { parsePrice } from "../../platform/ui/price.ts";
import { productFormWords } from "../../words/product-form.ts";
import { productStatusWords } from "../../words/product-statuses.ts";
import type { Version } from "./edit-draft.ts";
import classes from "./product-conflict.module.css";
import { currencyOf, type EditDraft, parseSuggestion, pricingOf } from "./product-draft.ts";

const words = productFormWords.conflict;

interface ProductConflictProps {
  conflict: {
    /** The version that both started from. */
    was: EditDraft;
    theirs: Version;
    clashing: readonly ProductField[];
    taken: readonly ProductField[];
  };
  yours: EditDraft;
  onTakeTheirs: () => void;
}

/**
 * Shows a change that another user saved meanwhile. Fields that both changed differently are compared side by side for
 * the user to decide; fields that only the other changed are already in the form and listed.
 */
export function ProductConflict({ conflict, yours, onTakeTheirs }: ProductConflictProps) {
  const { was, theirs, clashing, taken } = conflict;
  const box = useRef<HTMLElement>(null);
  // Whenever there is something new to announce.
  useEffect(() => {
    if (theirs.version !== "") box.current?.focus();
  }, [theirs.version]);
  return (
    <section ref={box} tabIndex={-1} className={classes.conflict} aria-labelledby="conflict-title">
      <div role="alert">
        <h2 id="conflict-title" className={classes.title}>
          {words.title}
        </h2>
        <p>{words.text}</p>
      </div>
      <Comparison
        title={words.clashing}
        fields={clashing}
        sides={[
          { label: words.theirs, draft: theirs.draft },
          { label: words.yours, draft: yours },
        ]}
      />
      {clashing.length > 0 && (
        <div>
          <Button onClick={onTakeTheirs}>{words.useTheirs}</Button>
        </div>
      )}
      <Comparison
        title={words.taken}
        fields={taken}
        sides={[
          { label: words.before, draft: was },
          { label: words.now, draft: theirs.draft },
        ]}
      />
    </section>
  );
}

interface ComparisonProps {
  title: string;
  fields: readonly ProductField[];
  sides: readonly { label: string; draft: EditDraft }[];
}

function Comparison({ title, fields, sides }: ComparisonProps) {
  if (fields.length === 0) return null;
  return (
    <div className={classes.comparison}>
      <h3 className={classes.subtitle}>{title}</h3>
      <dl className={classes.fields}>
        {fields.map((field) => (
          <div key={field} className={classes.field}>
            <dt className={classes.label}>{productFormWords.fields[field]}</dt>
            {sides.map(({ label, draft }) => (
              <dd key={label} className={classes.side}>
                <span className={classes.whose}>{label}</span>
                <span className={classes.value}>{shown(draft, field)}</span>
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </div>
  );
}

function shown(draft: EditDraft, field: ProductField): string {
  if (field === "status")
    return Object.entries(productStatusWords).find(([status]) => status === draft.status)?.[1] ?? "–";
  if (field === "pricing") return productFormWords.pricings[pricingOf(draft)];
  if (field === "suggestedAmount") return shownSuggestion(draft);
  if (field !== "price") return draft[field].trim() || "–";
  const price = parsePrice(draft.price, currencyOf(draft));
  return price.ok ? formatMoney(price.input) : `${draft.price} ${draft.currency}`;
}

function shownSuggestion(draft: EditDraft): string {
  const amount = parseSuggestion(draft);
  if (!amount.ok) return `${draft.suggestedAmount} ${draft.currency}`;
  return amount.input === null ? "–" : formatMoney({ amount: amount.input, currency: currencyOf(draft) });
}
