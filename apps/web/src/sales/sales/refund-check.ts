import { currencyRules, type Money, moneyText, RefundInput } from "@yumroad/contract";
import { check } from "../../platform/ui/check.ts";
import { parseAmount } from "../../platform/ui/price.ts";
import type { Checked } from "../../platform/ui/use-form.ts";
import { saleWords } from "../../words/sales.ts";

const words = saleWords.refundForm;

export interface RefundValues {
  amount: string;
  endsAccess: boolean;
  reason: string;
  [name: string]: string | boolean;
}

/** The amount of a refund as it was entered, or its problems. */
export function parseRefund(text: string, left: Money): Checked<Money> {
  const parsed = parseAmount(text, left.currency);
  if (!parsed.ok) return parsed;
  const { digits, decimals } = currencyRules(left.currency);
  if (parsed.input.amount % 10 ** (digits - decimals) !== 0) return fault(words.onlyWhole);
  if (parsed.input.amount > left.amount) return fault(words.tooHigh(moneyText(left)));
  return parsed;
}

export function checkRefund(values: RefundValues, more: { left: Money; attempt: string }): Checked<RefundInput> {
  const { endsAccess, reason } = values;
  const amount = parseRefund(values.amount, more.left);
  // An amount that is valid in itself, so that the other fields are checked as well.
  const rest = check(RefundInput, {
    amount: amount.ok ? amount.input.amount : 1,
    endsAccess,
    reason,
    attempt: more.attempt,
  });
  if (amount.ok) return rest;
  return { ok: false, issues: [...amount.issues, ...(rest.ok ? [] : rest.issues)] };
}

function fault(message: string): { ok: false; issues: { path: string[]; message: string }[] } {
  return { ok: false, issues: [{ path: ["amount"], message }] };
}
