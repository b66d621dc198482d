import { useEffect, useRef } from "react";
import { Button } from "../../components/button.tsx";
import { formatMoney } from "../../lib/format.ts";
import { differences, type EditDraft, type EditField, type Version } from "./edit-draft.ts";
import { parsePrice } from "./price.ts";
import classes from "./product-conflict.module.css";
import { currencyOf } from "./product-draft.ts";
import { STATUS_WORDS } from "./status-words.ts";

interface ProductConflictProps {
  theirs: Version;
  yours: EditDraft;
  isBusy: boolean;
  onTakeTheirs: () => void;
}

const LABELS: Record<EditField, string> = {
  name: "Name",
  price: "Price",
  description: "Description",
  status: "Status",
};

/** Somebody else saved in the meantime: what is there now beside what is typed here, and which of the two shall be. */
export function ProductConflict({ theirs, yours, isBusy, onTakeTheirs }: ProductConflictProps) {
  const box = useRef<HTMLElement>(null);
  // Each time there is something new to be told.
  useEffect(() => {
    if (theirs.version !== "") box.current?.focus();
  }, [theirs.version]);
  return (
    <section ref={box} tabIndex={-1} className={classes.conflict} aria-labelledby="conflict-title">
      <div role="alert">
        <h2 id="conflict-title" className={classes.title}>
          Somebody changed this in the meantime
        </h2>
        <p>Nothing was overwritten, and what you typed is still below. This is where the two differ:</p>
      </div>
      <dl className={classes.fields}>
        {differences(yours, theirs.draft).map((field) => (
          <div key={field} className={classes.field}>
            <dt className={classes.label}>{LABELS[field]}</dt>
            <dd className={classes.side}>
              <span className={classes.whose}>Theirs now</span>
              <span className={classes.value}>{shown(theirs.draft, field)}</span>
            </dd>
            <dd className={classes.side}>
              <span className={classes.whose}>Yours</span>
              <span className={classes.value}>{shown(yours, field)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <div className={classes.actions}>
        <Button type="submit" look="primary" isBusy={isBusy}>
          Save mine over it
        </Button>
        <Button onClick={onTakeTheirs}>Take theirs</Button>
      </div>
    </section>
  );
}

function shown(draft: EditDraft, field: EditField): string {
  if (field === "status") return Object.entries(STATUS_WORDS).find(([status]) => status === draft.status)?.[1] ?? "–";
  if (field !== "price") return draft[field].trim() || "–";
  const price = parsePrice(draft.price, currencyOf(draft));
  return price.ok ? formatMoney(price.input) : `${draft.price} ${draft.currency}`;
}
