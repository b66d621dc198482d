import type Stripe from "stripe";
import {
  createDispute,
  createPaymentIntent,
  createRefund,
  createSession,
  type Mode,
  type Session,
  type SessionParams,
} from "./objects.ts";

/** An error as Stripe answers it. */
export class StripeFault extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string | undefined;

  constructor(message: string, { status = 400, type = "invalid_request_error", code = "" } = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.code = code || undefined;
  }
}

/** What buyers, banks and sellers do at Stripe, outside of its API. */
export type PaymentAct = "pay" | "pay_by_bank" | "settle" | "bounce" | "let_expire";

/** Something that happened, of which endpoints for webhooks are told. */
export type Announce = (type: Stripe.Event["type"], object: object) => void;

/** The least amount that Stripe charges, in minor units; of other currencies none is checked here. */
const LEAST: Record<string, number> = { eur: 50, usd: 50, gbp: 30, chf: 50, huf: 17_500, jpy: 50 };

/** The account's payments. Methods throw `StripeFault` where Stripe refuses. */
export type State = ReturnType<typeof createState>;

export function createState({
  isLive,
  now,
  payPage,
  announce,
}: {
  isLive: boolean;
  now: () => number;
  payPage: (id: string) => string;
  announce: Announce;
}) {
  const sessions = new Map<string, { session: Session; params: SessionParams }>();
  const intents = new Map<string, Stripe.PaymentIntent>();
  const refunds = new Map<string, Stripe.Refund>();
  const disputes = new Map<string, Stripe.Dispute>();
  let areRefundsDelayed = false;
  const mode = (): Mode => ({ isLive, at: Math.floor(now() / 1000) });

  function known(id: string) {
    const found = sessions.get(id);
    if (!found) throw missing("checkout.session", id);
    const { session } = found;
    if (session.status === "open" && session.expires_at <= mode().at) expireNow(session);
    return found;
  }

  function expireNow(session: Session): void {
    Object.assign(session, { status: "expired", url: null });
    announce("checkout.session.expired", session);
  }

  function intentOf(session: Session): Stripe.PaymentIntent {
    const intent = intents.get(String(session.payment_intent));
    if (!intent) throw new StripeFault("The session has no payment");
    return intent;
  }

  function complete(session: Session, params: SessionParams, isPaid: boolean): void {
    if (session.status !== "open") throw new StripeFault(`The session is ${session.status}`);
    const intent = createPaymentIntent(session, mode(), params);
    intents.set(intent.id, intent);
    const email = session.customer_email;
    const address = { city: null, country: "DE", line1: null, line2: null, postal_code: null, state: null };
    Object.assign(session, {
      ...{ status: "complete", url: null, payment_intent: intent.id, payment_status: isPaid ? "paid" : "unpaid" },
      customer_details: {
        ...{ address, email, name: "A Buyer", phone: null, tax_exempt: "none", tax_ids: [] },
        ...{ business_name: null, individual_name: null },
      },
    });
    if (isPaid) Object.assign(intent, { status: "succeeded", amount_received: intent.amount });
    announce("checkout.session.completed", session);
  }

  /** Ends the payment that a bank has been asked for. */
  function settle(session: Session, isPaid: boolean): void {
    const intent = intentOf(session);
    if (intent.status !== "processing") throw new StripeFault(`The payment is ${intent.status}`);
    if (isPaid) {
      Object.assign(intent, { status: "succeeded", amount_received: intent.amount });
      Object.assign(session, { payment_status: "paid" });
      announce("checkout.session.async_payment_succeeded", session);
    } else {
      Object.assign(intent, { status: "requires_payment_method" });
      announce("checkout.session.async_payment_failed", session);
    }
  }

  function refundable(paymentIntent: string, amount: number): Stripe.PaymentIntent {
    const intent = intents.get(paymentIntent);
    if (!intent) throw missing("payment_intent", paymentIntent);
    if (intent.status !== "succeeded")
      throw new StripeFault("This PaymentIntent does not have a successful charge to refund.");
    const refunded = [...refunds.values()]
      .filter(({ payment_intent, status }) => payment_intent === intent.id && status !== "failed")
      .reduce((sum, refund) => sum + refund.amount, 0);
    if (refunded >= intent.amount)
      throw new StripeFault("The charge has already been refunded.", { code: "charge_already_refunded" });
    if (amount > intent.amount - refunded)
      throw new StripeFault("Refund amount is greater than unrefunded amount on charge", { code: "amount_too_large" });
    return intent;
  }

  function refund(paymentIntent: string, given: { amount?: number; metadata?: Stripe.Metadata }) {
    const whole = intents.get(paymentIntent)?.amount ?? 0;
    const amount = given.amount ?? whole;
    const intent = refundable(paymentIntent, amount);
    const made = createRefund(intent, { amount, metadata: given.metadata ?? {} }, mode());
    made.status = areRefundsDelayed ? "pending" : "succeeded";
    refunds.set(made.id, made);
    announce("refund.created", made);
    return made;
  }

  return {
    createSession(params: SessionParams): Session {
      if (!params.line_items?.length)
        throw new StripeFault("You must provide `line_items` in `payment` mode.", { code: "parameter_missing" });
      const session = createSession(params, mode(), payPage);
      const { amount_total: total, currency } = session;
      if ((total ?? 0) < (LEAST[currency ?? ""] ?? 0))
        throw new StripeFault("The Checkout Session's total amount must convert to at least 50 cents.", {
          code: "amount_too_small",
        });
      sessions.set(session.id, { session, params });
      return session;
    },
    session: (id: string): Session => known(id).session,
    /** All sessions, the newest first. */
    allSessions: (): Session[] => [...sessions.keys()].reverse().map((id) => known(id).session),
    /** The session as an answer with the payment in it. */
    expanded(id: string): Session {
      const { session } = known(id);
      return { ...session, payment_intent: intents.get(String(session.payment_intent)) ?? null };
    },
    expire(id: string): Session {
      const { session } = known(id);
      if (session.status !== "open")
        throw new StripeFault(
          `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
        );
      expireNow(session);
      return session;
    },
    act(id: string, act: PaymentAct): Session {
      const { session, params } = known(id);
      if (act === "pay") complete(session, params, true);
      if (act === "pay_by_bank") complete(session, params, false);
      if (act === "settle") settle(session, true);
      if (act === "bounce") settle(session, false);
      if (act === "let_expire") expireNow(session);
      return session;
    },
    /** Makes Stripe say something else about a session, such as another amount. */
    edit(id: string, changes: Partial<Session>): Session {
      return Object.assign(known(id).session, changes);
    },
    refund,
    delayRefunds(isDelayed: boolean): void {
      areRefundsDelayed = isDelayed;
    },
    refundsOf: (paymentIntent: string) => [...refunds.values()].filter((made) => made.payment_intent === paymentIntent),
    refundNamed(id: string): Stripe.Refund {
      const found = refunds.get(id);
      if (!found) throw missing("refund", id);
      return found;
    },
    /** The bank has refused or taken the money of a refund, now or days later. */
    finishRefund(id: string, isDone: boolean): Stripe.Refund {
      const found = refunds.get(id);
      if (!found) throw missing("refund", id);
      Object.assign(
        found,
        isDone ? { status: "succeeded" } : { status: "failed", failure_reason: "expired_or_canceled_card" },
      );
      announce(isDone ? "refund.updated" : "refund.failed", found);
      return found;
    },
    dispute(paymentIntent: string): Stripe.Dispute {
      const intent = intents.get(paymentIntent);
      if (!intent) throw missing("payment_intent", paymentIntent);
      const made = createDispute(intent, mode());
      disputes.set(made.id, made);
      announce("charge.dispute.created", made);
      return made;
    },
    closeDispute(id: string, isWon: boolean): Stripe.Dispute {
      const found = disputes.get(id);
      if (!found) throw missing("dispute", id);
      Object.assign(found, { status: isWon ? "won" : "lost" });
      announce("charge.dispute.closed", found);
      return found;
    },
    disputesOf: (paymentIntent: string) =>
      [...disputes.values()].filter((made) => made.payment_intent === paymentIntent),
  };
}

function missing(kind: string, id: string): StripeFault {
  return new StripeFault(`No such ${kind}: '${id}'`, { status: 404, code: "resource_missing" });
}
