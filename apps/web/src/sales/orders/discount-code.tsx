import type { Quote } from "@yumroad/contract";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { explain } from "../../platform/lib/explain.ts";
import { formatMoney } from "../../platform/lib/format.ts";
import { Button } from "../../platform/ui/button.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useFocusKeptIn } from "../../platform/ui/use-focus-kept-in.ts";
import { checkoutWords } from "../../words/checkout.ts";
import classes from "./discount-code.module.css";
import type { DiscountQuote } from "./use-quote.ts";

const words = checkoutWords.discount;

/** Where a buyer enters a discount code, behind a link, or what the one that they have entered takes off. */
export function DiscountCode({ discount }: { discount: DiscountQuote }) {
  const { code, setCode, quote } = discount;
  const [isOpen, setOpen] = useState(code !== "");
  const box = useRef<HTMLDivElement>(null);
  const focusEvents = useFocusKeptIn(box);
  function remove() {
    setOpen(true);
    setCode("");
  }
  return (
    <div ref={box} {...focusEvents}>
      {quote !== null ? (
        <Applied quote={quote} onRemove={remove} />
      ) : isOpen ? (
        <CodeField discount={discount} />
      ) : (
        <div className={classes.ask}>
          <Button look="quiet" size="sm" onClick={() => setOpen(true)}>
            {words.ask}
          </Button>
        </div>
      )}
    </div>
  );
}

function Applied({ quote: { discount }, onRemove }: { quote: Quote; onRemove: () => void }) {
  return (
    <p className={classes.applied} role="status">
      <span>
        {words.applied(discount.code)}{" "}
        <Button look="quiet" size="sm" onClick={onRemove}>
          {words.remove}
        </Button>
      </span>
      <span className={classes.amount}>−{formatMoney(discount.amount)}</span>
    </p>
  );
}

/** Within the form of the order, and no part of it: Enter applies the code and orders nothing. */
function CodeField({ discount: { code, setCode, error, isBusy, refresh } }: { discount: DiscountQuote }) {
  const id = useId();
  const [text, setText] = useState(code);
  const [isMissing, setMissing] = useState(false);
  const trimmed = text.trim();
  function apply() {
    setMissing(trimmed === "");
    if (trimmed !== "" && trimmed === code) void refresh();
    else setCode(trimmed);
  }
  const found = error !== null && trimmed === code && !isBusy ? textOf(error) : null;
  const field = {
    ...{ id, name: "code", value: text, error: isMissing ? words.missing : found },
    set(value: string) {
      setMissing(false);
      setText(value);
    },
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field bubbles up to here
    <div
      className={classes.field}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
        event.preventDefault();
        apply();
      }}
    >
      <TextField
        label={words.label}
        isOptional
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        field={field}
      />
      <Button isBusy={isBusy} onClick={apply}>
        {words.apply}
      </Button>
    </div>
  );
}

function textOf(error: Error): string {
  if (!(error instanceof ApiError)) return explain(error);
  if (error.code === "invalid_input") return checkoutWords.problems.discount_invalid;
  const texts: Partial<Record<string, string>> = checkoutWords.problems;
  return texts[error.code] ?? explain(error);
}
