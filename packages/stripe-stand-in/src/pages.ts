import express, { Router } from "express";
import type { Session } from "./objects.ts";
import { type PaymentAct, type State, StripeFault } from "./state.ts";

const PAY_BUTTONS: Record<string, string> = {
  pay: "Pay by card",
  decline: "Pay by a card that is declined",
  pay_by_bank: "Pay by bank debit",
  cancel: "Back",
};

/** The page on which buyers pay, with a button for each thing that can happen there. */
export function createPayPage(state: State): Router {
  const router = Router();
  router.get("/:id", (req, res) => {
    const session = state.session(String(req.params.id));
    res.send(page("Pay", `<p>${summary(session)}</p>${buttons(PAY_BUTTONS, `/c/pay/${session.id}`)}`));
  });
  router.post("/:id/:act", (req, res) => {
    const { id, act } = req.params as { id: string; act: PaymentAct | "cancel" | "decline" };
    if (act === "cancel") return res.redirect(303, state.session(id).cancel_url ?? "/");
    if (act === "decline") return res.redirect(303, `/c/pay/${id}?declined`);
    const session = state.act(id, act);
    res.redirect(303, (session.success_url ?? "/").replace("{CHECKOUT_SESSION_ID}", session.id));
  });
  return router;
}

const DASHBOARD_BUTTONS: Record<string, string> = {
  refund: "Refund",
  dispute: "Dispute",
  settle: "The bank has paid",
  bounce: "The bank refuses",
};

/** The page of the account's owner: payments, refunds and what banks do. */
export function createDashboard(state: State): Router {
  const router = Router();
  router.get("/", (_req, res) => {
    const rows = state
      .allSessions()
      .map((session) => `<li>${summary(session)} ${buttons(DASHBOARD_BUTTONS, `/dashboard/${session.id}`)}</li>`);
    res.send(page("Payments", `<ul>${rows.join("\n")}</ul>`));
  });
  router.post("/:id/:act", express.urlencoded(), (req, res) => {
    const { id, act } = req.params as { id: string; act: string };
    const payment = String(state.session(id).payment_intent);
    const { amount } = (req.body ?? {}) as { amount?: string };
    if (act === "refund") state.refund(payment, amount ? { amount: Number(amount) } : {});
    else if (act === "dispute") state.dispute(payment);
    else if (act === "settle" || act === "bounce") state.act(id, act);
    else throw new StripeFault("There is no such button", { status: 404 });
    res.redirect(303, "/dashboard");
  });
  return router;
}

function summary({ amount_total: total, currency, customer_email: email, status, payment_status }: Session): string {
  return `${total} ${escaped(currency)} of ${escaped(email)}: ${status}, ${payment_status}`;
}

function buttons(labels: Record<string, string>, path: string): string {
  return Object.entries(labels)
    .map(([act, label]) => `<form method="post" action="${path}/${act}"><button>${label}</button></form>`)
    .join("\n");
}

function escaped(text: string | null): string {
  return (text ?? "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${title}</title>
<h1>${title} – a stand-in of Stripe</h1>${body}</html>`;
}
