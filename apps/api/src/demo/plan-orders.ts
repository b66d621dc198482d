import type { Random } from "./random.ts";

/** Days before the demo's first start that have orders. */
export const DEMO_DAYS = 90;

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

/** How a store sells. */
export interface StoreRhythm {
  /** Orders of an average day. */
  perDay: number;
  /** Hour of a day, in UTC, around which most orders are made. */
  busiestHour: number;
  /** Name of the product that was launched within these days, and how many days ago. */
  launch: { product: string; daysAgo: number };
  /** Orders of the launched product on the days from its launch on. */
  peak: readonly number[];
}

/** How an order went: `retried`: declined at first, and paid by a second attempt. */
export type DemoOutcome = "paid" | "retried" | "declined" | "expired" | "open" | "pending";

export interface DemoRefund {
  at: number;
  /** Share of the total. */
  share: number;
  reason: string;
}

/** An order of the demo before it is written. */
export interface PlannedOrder<Product> {
  product: Product;
  email: string;
  at: number;
  outcome: DemoOutcome;
  refund: DemoRefund | null;
}

interface PlanInput<Product extends { name: string; isFree: boolean }> {
  random: Random;
  /** Time of the demo's first start. */
  now: number;
  rhythm: StoreRhythm;
  products: readonly Product[];
  /** People who come back: the owners of the other stores. */
  regulars: readonly string[];
}

/** From Sunday to Saturday: people buy tools of their trade on working days. */
const WEEKDAYS = [0.75, 1.15, 1.2, 1.15, 1.05, 0.95, 0.75];
/** Share of orders by returning buyers. */
const AGAIN = 0.14;
/** Intervals, in orders of paid products, at which an order has another outcome: each outcome occurs on every day. */
const EVERY = { retried: 29, declined: 23, expired: 14, refunded: 26, partly: 41 };
const REASONS = {
  full: ["Meant to buy another product", "Does not open on their tablet", "Asked within 14 days"],
  part: ["Was promised a discount", "One file was missing at first"],
};
const FIRST_NAMES =
  "ada aiko amelie ana anton beatriz bruno carla cem clara daan dora elena elif emil esra fatou felix finn freya greta hana hugo ida ines ingrid ivan jana joao jonas julia kaya kofi lara leo lena lina luca maja malik mara marek mateo mia milan mina nadia nils nora oskar otto paula petra pia rafael rosa ruben samira sara selma simon sofia stella teo theo tilda uma vera viktor yara zoe".split(
    " ",
  );
const LAST_NAMES =
  "adler almeida andersen bauer becker berg blanc bos castro costa cruz dahl duarte eriksen faber ferrari fischer fontaine garcia haas hansen horvat ito jansen keller kim kowalski lang larsen lind lopez marin martin meyer mori moreau nagy navarro nguyen novak okoye olsen park pereira petrov pohl ricci romero rossi santos sato schmid silva simic sousa tanaka tran vogel weber wolf yilmaz zeman".split(
    " ",
  );
/** Domains reserved for examples (RFC 2606): no mail reaches them. */
const DOMAINS = ["mail.example", "post.example", "inbox.example", "studio.example", "workshop.example", "home.example"];

/** The days of the last `DEMO_DAYS` of a store, and two orders of the last hours that wait for their money. */
export function planOrders<Product extends { name: string; isFree: boolean }>(
  input: PlanInput<Product>,
): PlannedOrder<Product>[] {
  const { random, now, rhythm, products, regulars } = input;
  const today = Math.floor(now / DAY) * DAY;
  const known = [...regulars];
  const moments = Array.from({ length: DEMO_DAYS }, (_, index) => DEMO_DAYS - index).flatMap((daysAgo) =>
    planDay({ random, rhythm, products }, { midnight: today - daysAgo * DAY, daysAgo }),
  );
  moments.sort((one, other) => one.at - other.at);
  let paidFor = 0;
  const orders = moments.map(({ product, at }): PlannedOrder<Product> => {
    const email = chooseBuyer(random, known);
    if (product.isFree) return { product, email, at, outcome: "paid", refund: null };
    paidFor += 1;
    const outcome = outcomeOf(paidFor);
    return {
      product,
      email,
      at,
      outcome,
      refund: outcome === "paid" ? planRefund(random, { paidFor, at, now }) : null,
    };
  });
  const [first] = products.filter(({ isFree }) => !isFree);
  if (first === undefined) return orders;
  const waiting = { product: first, refund: null };
  return [
    ...orders,
    { ...waiting, email: chooseBuyer(random, known), at: now - 3 * HOUR, outcome: "pending" },
    { ...waiting, email: chooseBuyer(random, known), at: now - 12 * MINUTE, outcome: "open" },
  ];
}

/** The orders of one day: when, and of what. */
function planDay<Product extends { name: string; isFree: boolean }>(
  { random, rhythm, products }: Pick<PlanInput<Product>, "random" | "rhythm" | "products">,
  { midnight, daysAgo }: { midnight: number; daysAgo: number },
): { product: Product; at: number }[] {
  const { launch, peak, perDay, busiestHour } = rhythm;
  const launched = products.find(({ name }) => name === launch.product);
  const listed = products.filter((product) => product !== launched || daysAgo <= launch.daysAgo);
  // Around the busiest hour: the mean of three draws is seldom far from the middle.
  const atSomeTime = () => {
    const spread = (random.next() + random.next() + random.next()) / 3 - 0.5;
    return midnight + Math.min(DAY - 1, Math.max(0, Math.round((busiestHour + spread * 20) * HOUR)));
  };
  const count = random.countOf(perDay * (WEEKDAYS[new Date(midnight).getUTCDay()] ?? 1));
  const usual = Array.from({ length: count }, () => ({
    // The first products of a store are its favourites, and everybody likes what is free.
    product: random.pick(listed, ({ isFree }, place) => (isFree ? 0.6 : 1 / (1 + place * 0.4))),
    at: atSomeTime(),
  }));
  if (launched === undefined) return usual;
  const atLaunch = peak[launch.daysAgo - daysAgo] ?? 0;
  return [...usual, ...Array.from({ length: atLaunch }, () => ({ product: launched, at: atSomeTime() }))];
}

function chooseBuyer(random: Random, known: string[]): string {
  if (known.length > 0 && random.next() < AGAIN) return random.pick(known);
  const email = `${random.pick(FIRST_NAMES)}.${random.pick(LAST_NAMES)}@${random.pick(DOMAINS)}`;
  if (!known.includes(email)) known.push(email);
  return email;
}

function outcomeOf(paidFor: number): DemoOutcome {
  if (paidFor % EVERY.declined === 0) return "declined";
  if (paidFor % EVERY.expired === 0) return "expired";
  return paidFor % EVERY.retried === 0 ? "retried" : "paid";
}

function planRefund(
  random: Random,
  { paidFor, at, now }: { paidFor: number; at: number; now: number },
): DemoRefund | null {
  const isFull = (paidFor + 5) % EVERY.refunded === 0;
  if (!isFull && (paidFor + 9) % EVERY.partly !== 0) return null;
  const refundedAt = at + random.between(20, 6 * 24 * 60) * MINUTE;
  if (refundedAt > now) return null;
  return { at: refundedAt, share: isFull ? 1 : 0.5, reason: random.pick(isFull ? REASONS.full : REASONS.part) };
}
