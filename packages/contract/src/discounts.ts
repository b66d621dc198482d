import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { MAX_AMOUNT, Money, wholeStepOf } from "./money.ts";
import { PageQuery, page } from "./paging.ts";
import { Slug } from "./products.ts";
import { countCharacters, line } from "./text.ts";

const field = "discount_code";
const CODE_MAX = 40;

/** A code as a buyer types it: spaces around it, case and width of letters make no difference. */
export const DiscountCode = line({ field, min: 1, max: 60 });

/** A code as a seller makes it. */
const NewDiscountCode = line({ field, min: 3, max: CODE_MAX }).check(
  z.refine((code) => /^[\p{L}\p{M}\p{N}._-]+$/u.test(code.normalize("NFKC")), fault("discount_code_characters")),
  // One character can stand for eighteen.
  z.refine((code) => countCharacters(code.normalize("NFKC")) <= CODE_MAX, fault("too_long", { field, max: CODE_MAX })),
);

/** The form of a code that two spellings of it share. */
export function discountKeyOf(code: string): string {
  return code.normalize("NFKC").trim().toUpperCase().normalize("NFKC");
}

const PercentOff = z.strictObject({
  kind: z.literal("percent"),
  percent: z
    .int(fault("percent_invalid"))
    .check(z.gte(1, fault("percent_invalid")), z.lte(100, fault("percent_invalid"))),
});

/** An amount that is taken off prices in its currency. */
const AmountOff = z.strictObject({
  kind: z.literal("amount"),
  amount: Money.check(
    z.refine(({ amount }) => amount > 0, { path: ["amount"], error: fault("amount_zero"), abort: true }),
    z.refine(({ amount }) => amount <= MAX_AMOUNT, { path: ["amount"], error: fault("amount_too_high"), abort: true }),
    z.refine(({ amount, currency }) => amount % wholeStepOf(currency) === 0, {
      path: ["amount"],
      error: fault("price_decimals"),
    }),
  ),
});

/** What a discount takes off a price. What is left is never between nothing and the least that can be charged. */
export const DiscountOff = z.discriminatedUnion("kind", [PercentOff, AmountOff]);
export type DiscountOff = z.infer<typeof DiscountOff>;

const USES_MAX = 1_000_000;
const Uses = z.nullable(
  z
    .int(fault("uses_invalid", { max: USES_MAX }))
    .check(
      z.gte(1, fault("uses_invalid", { max: USES_MAX })),
      z.lte(USES_MAX, fault("uses_invalid", { max: USES_MAX })),
    ),
);

/** From 2000 to 2199: what both databases and all clients can store. */
const Moment = z.nullable(
  z.iso.datetime(fault("date_invalid")).check(z.refine((at) => /^2[01]/.test(at), fault("date_invalid"))),
);

const limitsOfDiscount = {
  /** Null: it can be used at once. */
  startsAt: Moment,
  /** Null: it does not end by itself. */
  endsAt: Moment,
  /** How many orders can use it; null: any number. */
  maxUses: Uses,
  /** How many orders of one email can use it; null: any number. */
  perBuyer: Uses,
};

/** The fault of a discount that ends before it begins; null: none. */
export function datesFault({ startsAt, endsAt }: { startsAt: string | null; endsAt: string | null }): string | null {
  if (startsAt === null || endsAt === null) return null;
  return Date.parse(startsAt) < Date.parse(endsAt) ? null : fault("ends_before_start");
}

const PRODUCTS_MAX = 50;

export const DiscountInput = z
  .strictObject({
    code: NewDiscountCode,
    off: DiscountOff,
    startsAt: z._default(Moment, null),
    endsAt: z._default(Moment, null),
    maxUses: z._default(Uses, null),
    perBuyer: z._default(Uses, null),
    /** Slugs of the products that the code is good for; none: all of the store. */
    products: z._default(
      z.array(Slug.shape.slug).check(z.maxLength(PRODUCTS_MAX, fault("too_many_products", { max: PRODUCTS_MAX }))),
      [],
    ),
  })
  .check(z.refine((input) => datesFault(input) === null, { path: ["endsAt"], error: fault("ends_before_start") }));
export type DiscountInput = z.infer<typeof DiscountInput>;

/** What can be changed of a discount: not its code, nor what it takes off, which orders have frozen. */
export const DiscountChanges = z
  .partial(z.strictObject(limitsOfDiscount))
  .check(z.refine((changes) => Object.keys(changes).length > 0, fault("nothing_to_change")));
export type DiscountChanges = z.infer<typeof DiscountChanges>;

/**
 * - `scheduled`: it has not begun
 * - `active`: buyers can use it
 * - `used_up`: `maxUses` orders use it
 * - `ended`: its time is over, or its seller has ended it
 */
export const DiscountState = z.enum(["scheduled", "active", "used_up", "ended"]);
export type DiscountState = z.infer<typeof DiscountState>;

/** A discount as its seller sees it. */
export const Discount = z.strictObject({
  id: z.string(),
  code: z.string(),
  off: DiscountOff,
  startsAt: z.nullable(z.string()),
  endsAt: z.nullable(z.string()),
  maxUses: z.nullable(z.int()),
  perBuyer: z.nullable(z.int()),
  /** Orders that use it: paid ones, and those that can still be paid. Money that arrives late can exceed `maxUses`. */
  uses: z.int(),
  state: DiscountState,
  /** The products that the code is good for; null: all of the store. */
  products: z.nullable(z.array(z.strictObject({ slug: z.string(), name: z.string() }))),
  createdAt: z.string(),
});
export type Discount = z.infer<typeof Discount>;

/** A discount as an order has it: the code, and what was taken off. */
export const TakenDiscount = z.strictObject({ code: z.string(), amount: Money });
export type TakenDiscount = z.infer<typeof TakenDiscount>;

const DiscountId = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) });

export const discountEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/discounts",
    access: "seller",
    summary: "Discount codes of one's own store, the newest first",
    query: PageQuery,
    success: { status: 200, body: page(Discount) },
    problems: [],
  }),

  create: endpoint({
    method: "POST",
    path: "/api/discounts",
    access: "seller",
    summary: "Make a discount code for one's own store, which the first product opens",
    body: DiscountInput,
    success: { status: 201, body: Discount },
    limits: ["discountChanges"],
    problems: ["rate_limited", "code_taken", "not_found"],
  }),

  change: endpoint({
    method: "PATCH",
    path: "/api/discounts/:id",
    access: "seller",
    whose: "own",
    summary: "Change when and how often a discount code can be used; orders that use it keep it",
    params: DiscountId,
    body: DiscountChanges,
    success: { status: 200, body: Discount },
    limits: ["discountChanges"],
    problems: ["rate_limited"],
  }),

  end: endpoint({
    method: "POST",
    path: "/api/discounts/:id/end",
    access: "seller",
    whose: "own",
    summary: "End a discount code for good; orders that use it keep it",
    params: DiscountId,
    success: { status: 200, body: Discount },
    limits: ["discountChanges"],
    problems: ["rate_limited"],
  }),
};
