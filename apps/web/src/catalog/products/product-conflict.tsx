import type { ProductField } from "@yumroad/contract";
import { useEffect, useId, useRef } from "react";
import { formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { parsePrice } from "../../platform/ui/price.ts";
import { productFormWords } from "../../words/product-form.ts";
import { productStatusWords } from "../../words/product-statuses.ts";
import classes from "./product-conflict.module.css";
import { currencyOf, type EditDraft, parseSuggestion, pricingOf } from "./product-draft.ts";
import type { Conflict, Whose } from "./use-edit-form.ts";

const words = productFormWords.conflict;

interface ProductConflictProps {
  conflict: Conflict;
  onChoose: (fields: readonly ProductField[], whose: Whose) => void;
}

/**
 * Shows a change that another user saved meanwhile. Of each field that both changed differently, the user chooses a
 * version; fields that only the other changed are already in the form and listed.
 */
export function ProductConflict({ conflict, onChoose }: ProductConflictProps) {
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
        <p>{clashing.length > 0 ? words.choose : words.text}</p>
      </div>
      {clashing.length > 0 && <Choices conflict={conflict} onChoose={onChoose} />}
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

function Choices({ conflict: { clashing, kept, mine, theirs }, onChoose }: ProductConflictProps) {
  return (
    <div className={classes.comparison}>
      <h3 className={classes.subtitle}>{words.clashing}</h3>
      {clashing.length > 1 && (
        <div className={classes.all}>
          <Button size="sm" onClick={() => onChoose(clashing, "theirs")}>
            {words.allTheirs}
          </Button>
          <Button size="sm" onClick={() => onChoose(clashing, "mine")}>
            {words.allMine}
          </Button>
        </div>
      )}
      {clashing.map((field) => (
        <fieldset key={field} className={classes.field}>
          <legend className={classes.label}>{productFormWords.fields[field]}</legend>
          <Choice
            group={field}
            label={words.theirs}
            value={shown(theirs.draft, field)}
            isChosen={!kept.includes(field)}
            onChoose={() => onChoose([field], "theirs")}
          />
          <Choice
            group={field}
            label={words.yours}
            value={shown(mine, field)}
            isChosen={kept.includes(field)}
            onChoose={() => onChoose([field], "mine")}
          />
        </fieldset>
      ))}
    </div>
  );
}

interface ChoiceProps {
  group: string;
  label: string;
  value: string;
  isChosen: boolean;
  onChoose: () => void;
}

/** A version to choose. It is called by whose it is, and described by its value, which may be long. */
function Choice({ group, label, value, isChosen, onChoose }: ChoiceProps) {
  const id = useId();
  return (
    <label className={classes.side}>
      <span className={classes.whose}>
        <input
          type="radio"
          name={`choice-${group}`}
          checked={isChosen}
          onChange={onChoose}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-value`}
        />
        <span id={`${id}-label`}>{label}</span>
      </span>
      <span id={`${id}-value`} dir="auto" className={classes.value}>
        {value}
      </span>
    </label>
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
