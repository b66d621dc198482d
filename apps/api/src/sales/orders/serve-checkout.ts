import { type CheckoutInput, CONSENT, endpoints, type User } from "@yumroad/contract";
import { pictureUrl } from "../../catalog/products/picture-url.ts";
import type { Limits } from "../../config/limits.ts";
import { emailKeyOf } from "../../identity/users/user.entity.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import { limitDiscounts } from "../discounts/limit-discounts.ts";
import { type QuotedDiscount, quoteDiscount } from "../discounts/quote-discount.ts";
import { whileReachable } from "../payments/while-reachable.ts";
import { beginCheckout, type CheckoutContext, findOfAttempt } from "./begin-checkout.ts";
import { checkTotal } from "./check-total.ts";
import type { OrderRow } from "./order.entity.ts";
import type { OrdersCookie } from "./orders-cookie.ts";
import { isVerifiedEmail } from "./policy.ts";
import { findForSale, type ProductForSale } from "./queries.ts";

export interface CheckoutNeeds extends Omit<CheckoutContext, keyof Context> {
  limits: Limits;
  rateLimiter: RateLimiter;
  ordersCookie: OrdersCookie;
}

/** What a product costs, with a discount code too, and its order. */
export function serveCheckout(serve: Serve<CheckoutNeeds>): void {
  serve(endpoints.checkout.get, async ({ ctx, params, user }) => {
    const product = await findForSale(ctx.em, params.slug);
    if (!product) return new Refusal("not_found");
    const { name, slug, coverId, seller, priceAmount: amount, pricing, suggestedAmount } = product;
    const canTakePayments = mayPay(ctx, product, user) && (await ctx.findMissingForSale(ctx.em, product)).length === 0;
    return {
      body: {
        ...{ name, slug, seller, pricing, suggestedAmount },
        coverUrl: coverId === null ? null : pictureUrl(coverId),
        price: { amount, currency: product.priceCurrency },
        store: { handle: product.storeHandle, name: product.storeName },
        merchantOfRecord: ctx.providerFor(product)?.merchantOfRecord ?? null,
        consentText: amount === 0 && pricing === "fixed" ? null : CONSENT.text,
        ...{ canTakePayments, isReady: amount === 0 || canTakePayments },
      },
    };
  });

  serve(endpoints.checkout.quote, async ({ ctx, params, body }) => {
    const product = await findForSale(ctx.em, params.slug);
    if (!product) return new Refusal("not_found");
    const { code: asked, attempt } = body;
    const known = attempt === undefined ? null : await findOfAttempt(ctx.em, { storeId: product.storeId, attempt });
    const discount = await findDiscount(ctx, { product, code: asked, known });
    if (discount instanceof Refusal) return discount;
    if (discount.isUsedUp) return new Refusal("discount_used_up");
    const { priceAmount, priceCurrency: currency } = product;
    const { code, amount } = discount;
    return {
      body: { discount: { code, amount: { amount, currency } }, total: { amount: priceAmount - amount, currency } },
    };
  });

  serve(endpoints.checkout.begin, async ({ ctx, params, body, user, req, res }) => {
    const product = await findForSale(ctx.em, params.slug);
    if (!product) return new Refusal("not_found");
    if (user?.id === product.ownerId) return new Refusal("own_product");
    const known = await findOfAttempt(ctx.em.fork(), { storeId: product.storeId, attempt: body.attempt });
    const ordered = await totalOf(ctx, { product, input: body, known });
    if (ordered instanceof Refusal) return ordered;
    const { total } = ordered;
    if (total > 0 && !mayPay(ctx, product, user)) return new Refusal("checkout_not_set_up");
    const limitKeys = await checkoutLimits(ctx, { known, email: body.email, total, user });
    const refusal = await refuseOverLimit(ctx, limitKeys);
    if (refusal) return refusal;
    const asked = { product, buyer: user, ...ordered, input: body, known, keyIds: ctx.ordersCookie.read(req) };
    const outcome = await whileReachable(() => beginCheckout(ctx, asked));
    if (outcome instanceof Refusal) return outcome;
    if (outcome.kind !== "begun") return new Refusal(outcome.kind);
    if (outcome.keyId !== null) ctx.ordersCookie.add(req, res, [outcome.keyId]);
    return { body: { ref: outcome.order.ref, payAt: outcome.payAt } };
  });
}

/** False while payments are tried out, for all but operators: they would get for nothing what is for sale. */
function mayPay({ providerFor }: CheckoutNeeds, product: ProductForSale, user: User | null): boolean {
  return user?.isOperator === true || providerFor(product)?.isForOperatorsOnly !== true;
}

type CheckoutRequest = Context & CheckoutNeeds;

interface Ordered {
  product: ProductForSale;
  input: CheckoutInput;
  known: OrderRow | null;
}

/** What an order costs, and the discount of its code. */
async function totalOf(
  ctx: CheckoutRequest,
  { product, input, known }: Ordered,
): Promise<{ total: number; discount: QuotedDiscount | null } | Refusal> {
  const code = input.discount?.code;
  const discount = code === undefined ? null : await findDiscount(ctx, { product, code, known });
  if (discount instanceof Refusal) return discount;
  const checked = checkTotal(product, { input, discount });
  return checked instanceof Refusal ? checked : { ...checked, discount };
}

/** The discount of a code. The order that is known keeps the one that it has, whatever its seller has changed since. */
function findDiscount(
  ctx: CheckoutRequest,
  { product, code, known }: { product: ProductForSale; code: string; known: OrderRow | null },
): Promise<QuotedDiscount | Refusal> {
  const frozen = known?.discount ? { id: known.discount.id, amount: known.discountAmount } : null;
  return limitDiscounts(
    ctx,
    async () => (await quoteDiscount(ctx, { product, code, frozen })) ?? new Refusal("discount_invalid"),
  );
}

interface Asked {
  known: OrderRow | null;
  email: string;
  total: number;
  user: User | null;
}

/**
 * The limits that a checkout counts against. The same attempt again orders nothing, so it has a limit of its own. Anybody
 * can order for any email, so what strangers order for one has a limit of its own: the account that has verified the
 * email is not locked out by them. An order that is not paid mails its email nothing but how to pay outside of the shop
 * (`howToPayMails`), until a link in that mail was used; so only those from one address count together.
 */
async function checkoutLimits({ em, client, limits }: CheckoutRequest, { known, email, total, user }: Asked) {
  if (known) return [{ key: `checkouts-again:${known.id}`, limit: limits.checkoutsAgain }];
  const emailKey = emailKeyOf(email);
  const isOwn = user !== null && (await isVerifiedEmail(em, user.id, emailKey));
  const whose = isOwn ? `own:${user.id}` : hashKey(emailKey);
  const isFree = total === 0;
  return [
    { key: `checkouts:${hashKey(client.ipKey)}`, limit: limits.checkoutsOfAddress },
    isFree
      ? { key: `free-orders:${whose}`, limit: limits.freeOrdersForEmail }
      : {
          key: `checkouts-for:${isOwn ? whose : `${whose}:${hashKey(client.ipKey)}`}`,
          limit: limits.checkoutsForEmail,
        },
  ];
}
