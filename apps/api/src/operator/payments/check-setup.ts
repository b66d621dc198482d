import type { PaymentFinding as Finding } from "@yumroad/contract";
import type { Context } from "../../platform/http/context.ts";
import { type FindMissingForSale, findStoreForSale } from "../../sales/orders/find-missing-for-sale.ts";
import type { PaymentFinding } from "../../sales/payments/payment-finding.ts";
import { type PaymentProviders, STRIPE } from "../../sales/payments/payment-provider.ts";
import { findingWords } from "../../words/payment-findings.ts";
import { listOperators } from "../operators/queries.ts";
import { countNotFound, countWeekOfPayments } from "./queries.ts";

export type SetupContext = Pick<Context, "em" | "clock"> & {
  payments: PaymentProviders;
  findMissingForSale: FindMissingForSale;
};

const WORST_FIRST: readonly PaymentFinding["level"][] = ["red", "amber", "good"];

/** Checks whether an operator's store can take real money, and finds what is in the way, the worst first. */
export async function checkSetup(ctx: SetupContext): Promise<Finding[]> {
  const stripe = ctx.payments.get(STRIPE);
  const found = stripe?.check
    ? [
        ...(await stripe.check()),
        ...(await checkWebhooks(ctx)),
        ...(await checkAccount(ctx)),
        ...(await checkStore(ctx)),
      ]
    : [{ code: "stripe_off", level: "amber" } as const];
  const isReady = stripe && !found.some(({ level, code }) => level === "red" || code === "webhooks_refused");
  const all: PaymentFinding[] = [...found, ...(isReady ? [{ code: "stripe_ready", level: "good" } as const] : [])];
  return all
    .toSorted((one, other) => WORST_FIRST.indexOf(one.level) - WORST_FIRST.indexOf(other.level))
    .map(({ code, level, params }) => ({ code, level, ...findingWords(code, params) }));
}

async function checkWebhooks({ em, clock }: SetupContext): Promise<PaymentFinding[]> {
  const { paid, heard } = await countWeekOfPayments(em.fork(), clock.now());
  return paid > 0 && heard === 0 ? [{ code: "webhooks_unheard", level: "amber", params: { count: String(paid) } }] : [];
}

/** Finds payments that were begun with the key of another account, of which nobody can tell if they were made. */
async function checkAccount({ em }: SetupContext): Promise<PaymentFinding[]> {
  const count = await countNotFound(em.fork());
  return count > 0 ? [{ code: "payments_not_found", level: "amber", params: { count: String(count) } }] : [];
}

/** Finds what stores of operators lack. Mail is set up for the whole shop, so it is one finding for all stores. */
async function checkStore({ em, findMissingForSale }: SetupContext): Promise<PaymentFinding[]> {
  const missing = new Set<string>();
  for (const { id } of await listOperators(em.fork())) {
    const store = await findStoreForSale(em.fork(), id);
    if (store) for (const need of await findMissingForSale(em.fork(), store)) missing.add(need);
  }
  return [
    ...(missing.has("mail") ? [{ code: "mail_unconfirmed", level: "red" } as const] : []),
    ...(missing.has("legal_details") ? [{ code: "legal_details_missing", level: "red" } as const] : []),
  ];
}
