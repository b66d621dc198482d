import { act, screen, waitFor, within } from "@testing-library/react";
import { endpoints, type Order } from "@yumroad/contract";
import { describe, expect, test, vi } from "vitest";
import { mock, recorded, watchRequests } from "../../../test/mock.ts";
import { type App, header, main, openApp } from "../../../test/render-app.tsx";
import { setStage, shopOf, tokenOf } from "../../../test/stage.ts";

const paid = recorded(endpoints.orders.get);
const REF = paid.ref;
const PAGE = `/orders/${REF}`;
const KEY = tokenOf("the-key-of-the-receipt");

const unpaid = recorded(endpoints.orders.get, "success: not paid");
const pending = recorded(endpoints.orders.get, "success: under way");
const declined = recorded(endpoints.orders.get, "success: declined");

function heading(name: string) {
  return screen.findByRole("heading", { level: 1, name });
}

/** An order that this browser has open. */
function setOrderStage(order: Order) {
  const stage = setStage();
  mock(endpoints.orders.get, { status: 200, body: order });
  return stage;
}

/** Time passes, a second at a time: each answer sets the next timer. */
async function wait(seconds: number) {
  for (let second = 0; second < seconds; second += 1) await act(() => vi.advanceTimersByTimeAsync(1000));
}

describe("the mailed link", () => {
  test("opens the order once, and its key is gone from the address, the history and every way back", async () => {
    setStage();
    const opened = mock(endpoints.orders.open, { status: 200, body: recorded(endpoints.orders.open) });
    mock(endpoints.orders.get, { status: 200, body: paid });
    const asked: string[] = [];
    watchRequests(({ url, method }) => void asked.push(`${method} ${url}`));
    const before = window.history.length;
    const app = openApp(`${PAGE}#key=${KEY}`);
    await heading("Thank you");
    expect(app.address()).toBe(PAGE);
    expect(opened.map(({ body }) => body.token)).toEqual([KEY]);
    expect(window.history.length - before).toBe(1);
    expect(JSON.stringify([window.history.state, { ...sessionStorage }, asked])).not.toContain(KEY);
    for (const name of ["Log in", "Sign up"]) {
      expect(header().getByRole("link", { name }).getAttribute("href")).not.toContain(KEY);
    }
    await act(() => app.queryClient.invalidateQueries());
    expect(opened).toHaveLength(1);
  });

  test("that opens nothing leads to what this browser has open, or else to the email", async () => {
    setStage();
    mock(endpoints.orders.open, { refusal: "link_invalid" });
    mock(endpoints.orders.get, { status: 200, body: paid });
    const app = openApp(`${PAGE}#key=${KEY}`);
    await heading("Thank you");
    mock(endpoints.orders.get, { refusal: "not_found" });
    app.reload();
    await heading("Check your inbox");
    expect(main().getByRole("link", { name: "Log in" })).toHaveAttribute("href", `/login?next=%2Forders%2F${REF}`);
  });

  test("can be tried again after too many tries", async () => {
    setStage();
    mock(endpoints.orders.open, { refusal: "rate_limited" });
    const app = openApp(`${PAGE}#key=${KEY}`);
    expect(await screen.findByText(/^Too many attempts/)).toBeVisible();
    mock(endpoints.orders.open, { status: 200, body: recorded(endpoints.orders.open) });
    await app.user.click(main().getByRole("button", { name: "Try again" }));
    await heading("Thank you");
  });
});

test("a paid order shows what was bought and the receipt", async () => {
  setOrderStage(paid);
  // A fragment that is no key is left alone.
  openApp(`${PAGE}#receipt`);
  await heading("Thank you");
  expect(main().getByText(/^We emailed your receipt to/)).toHaveTextContent(paid.email);
  expect(await screen.findByText("dotted", { selector: "strong" })).toBeVisible();
  const link = main().getByRole("link", { name: "Open Video" });
  expect(link).toHaveAttribute("href", "https://example.com/video");
  expect(link).toHaveAttribute("target", "_blank");
  expect(link).toHaveAttribute("rel", "noopener noreferrer");
  const receipt = main().getByRole("region", { name: "Receipt" });
  expect(link.compareDocumentPosition(receipt)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  for (const words of [`Receipt number${paid.number}`, REF, "Total€12.00", paid.seller.name, paid.consent?.text]) {
    expect(receipt).toHaveTextContent(words ?? "");
  }
  const print = vi.fn();
  vi.stubGlobal("print", print);
  act(() => main().getByRole("button", { name: "Print receipt" }).click());
  expect(print).toHaveBeenCalledOnce();
});

test("a shop that can’t send mail does not claim to have emailed the receipt", async () => {
  setOrderStage(paid).site = shopOf({ canSendMail: false });
  openApp(PAGE);
  await heading("Thank you");
  expect(await main().findByRole("region", { name: "Receipt" })).toBeVisible();
  expect(main().queryByText(/^We emailed/)).not.toBeInTheDocument();
  expect(main().queryByRole("button", { name: "Wrong email? Change it" })).not.toBeInTheDocument();
});

describe("R97: a mistyped email", () => {
  const open = (app: App) => app.user.click(main().getByRole("button", { name: "Wrong email? Change it" }));
  const form = () => within(main().getByRole("form", { name: "Change the email of your order" }));
  async function change(app: App, email: string) {
    await app.user.clear(form().getByLabelText("Email"));
    await app.user.type(form().getByLabelText("Email"), email);
    await app.user.click(form().getByRole("button", { name: "Change email" }));
  }

  test("R97: is corrected, and the page says where the receipt went", async () => {
    setOrderStage(paid);
    const email = "mira@example.org";
    const asked = mock(endpoints.orders.changeEmail, { status: 200, body: { ...paid, email } });
    const app = openApp(PAGE);
    await heading("Thank you");
    await open(app);
    expect(form().getByLabelText("Email")).toHaveValue(paid.email);
    await app.user.click(form().getByRole("button", { name: "Change email" }));
    expect(form().getByLabelText("Email")).toHaveAccessibleDescription(/Your order already has this email/);
    await change(app, email);
    expect(await main().findByText(/^We sent the email again, to mira@example.org/)).toBeVisible();
    expect(main().getByText(/^We emailed your receipt to/)).toHaveTextContent(email);
    expect(asked.map(({ params, body }) => [params.ref, body])).toEqual([[REF, { email }]]);
    expect(document.activeElement).not.toBe(document.body);
  });

  test("R97: has a likely slip pointed out", async () => {
    setOrderStage(paid);
    const app = openApp(PAGE);
    await heading("Thank you");
    await open(app);
    await app.user.clear(form().getByLabelText("Email"));
    await app.user.type(form().getByLabelText("Email"), "mira@gmial.com");
    await app.user.click(await form().findByRole("button", { name: "Did you mean mira@gmail.com?" }));
    expect(form().getByLabelText("Email")).toHaveValue("mira@gmail.com");
  });

  test("R97: says what keeps it from being changed, and keeps what was typed", async () => {
    setOrderStage(paid);
    mock(endpoints.orders.changeEmail, { refusal: "rate_limited" });
    const app = openApp(PAGE);
    await heading("Thank you");
    await open(app);
    await change(app, "mira@example.org");
    expect(await form().findByRole("alert")).toHaveTextContent("Too many attempts");
    mock(endpoints.orders.changeEmail, { refusal: "mail_unavailable" });
    await app.user.click(form().getByRole("button", { name: "Change email" }));
    await waitFor(() => expect(form().getByRole("alert")).toHaveTextContent("This shop can’t send emails"));
    expect(form().getByLabelText("Email")).toHaveValue("mira@example.org");
    await app.user.click(form().getByRole("button", { name: "Cancel" }));
    expect(main().getByRole("button", { name: "Wrong email? Change it" })).toBeVisible();
  });

  test("R97: is undone by the link to the former one, at the press of a button, and its token leaves no trace", async () => {
    setOrderStage(paid);
    const undone = mock(endpoints.orders.undoEmailChange, {
      status: 200,
      body: recorded(endpoints.orders.undoEmailChange),
    });
    const app = openApp(`${PAGE}#undo=${KEY}`);
    await heading("Was this you?");
    expect(app.address()).toBe(PAGE);
    expect(undone).toHaveLength(0);
    expect(JSON.stringify([window.history.state, { ...sessionStorage }])).not.toContain(KEY);
    for (const name of ["Log in", "Sign up"]) {
      expect((await header().findByRole("link", { name })).getAttribute("href")).not.toContain(KEY);
    }
    await app.user.click(main().getByRole("button", { name: "Undo email change" }));
    await heading("Thank you");
    expect(screen.getByText(/^Your order’s email is .* again$/)).toBeVisible();
    expect(undone.map(({ params, body }) => [params.ref, body.token])).toEqual([[REF, KEY]]);
  });

  test("R97: is not undone by a link that was used or is too old", async () => {
    setOrderStage(paid);
    mock(endpoints.orders.undoEmailChange, { refusal: "link_invalid" });
    const app = openApp(`${PAGE}#undo=${KEY}`);
    await app.user.click(await screen.findByRole("button", { name: "Undo email change" }));
    await heading("This link no longer works");
    expect(main().getByRole("link", { name: "Find your purchases" })).toHaveAttribute("href", "/find-purchases");
  });
});

test("a free order has no receipt number", async () => {
  setOrderStage(recorded(endpoints.orders.get, "success: it is free"));
  openApp(PAGE);
  await heading("Thank you");
  expect(main().getByRole("region", { name: "Your order" })).toHaveTextContent("TotalFree");
  expect(main().queryByText("Receipt number")).not.toBeInTheDocument();
});

test("R94: an order that is paid outside of the shop says how, and asks nobody about it", async () => {
  const byHand = recorded(endpoints.orders.get, "success: paid outside of the shop");
  setOrderStage(byHand);
  openApp(PAGE);
  await heading("How to pay");
  expect(main().getByText(/^Send it to/)).toHaveTextContent("IBAN DE02");
  expect(main().getByText(/^Add the reference/)).toHaveTextContent(byHand.ref);
  expect(main().getByText(/^We emailed these instructions to/)).toHaveTextContent(byHand.email);
  expect(main().queryByRole("link", { name: "Pay now" })).not.toBeInTheDocument();
});

test("R99: an order beyond the limit of mails on how to pay claims none", async () => {
  setOrderStage(recorded(endpoints.orders.get, "success: paid outside of the shop, without a mail"));
  openApp(PAGE);
  await heading("How to pay");
  expect(main().queryByText(/^We emailed/)).not.toBeInTheDocument();
});

describe("R99: an order that is paid outside of the shop, but not now,", () => {
  const byHand = { ...recorded(endpoints.orders.get, "success: paid outside of the shop"), payInstructions: "" };

  test("says that its seller takes no payments", async () => {
    setOrderStage(byHand);
    openApp(PAGE);
    await heading("Please don’t pay now");
    expect(main().getByText(`${byHand.store.name} isn’t taking payments right now.`)).toBeVisible();
    expect(main().queryByText(/reference/)).not.toBeInTheDocument();
  });

  test("does not claim, once the time to pay is over, that no money is on its way", async () => {
    setOrderStage(recorded(endpoints.orders.get, "success: paid outside of the shop, too late"));
    openApp(PAGE);
    await heading("Your order has expired");
    expect(main().getByText(/^Please don’t pay for it now/)).toBeVisible();
    expect(main().queryByText("You haven’t been charged.")).not.toBeInTheDocument();
  });
});

test("an order whose payment was of another amount does not claim that nothing was charged", async () => {
  setOrderStage(recorded(endpoints.orders.get, "success: another amount was refunded"));
  openApp(PAGE);
  await heading("Your order has expired");
  expect(main().getByText("Your payment didn’t match the price, so it was refunded.")).toBeVisible();
  expect(main().queryByText("You haven’t been charged.")).not.toBeInTheDocument();
});

test("R140: a receipt names the merchant of record beside the seller", async () => {
  setOrderStage(recorded(endpoints.orders.get, "success: with a merchant of record"));
  openApp(PAGE);
  await heading("Thank you");
  expect(main().getByText("Sold through").nextSibling).toHaveTextContent(
    "Link by Stripe, the merchant of record, which sends you the invoice",
  );
});

describe("a payment that has not arrived", () => {
  test("is checked, and only the server's word makes it a paid one", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    let now: Order = pending;
    setOrderStage(unpaid);
    const checks = mock(endpoints.orders.check, () => ({ status: 200, body: now }));
    openApp(`${PAGE}?paid=true`);
    await heading("We’re checking your payment…");
    expect(main().getByRole("link", { name: "Pay now" })).toBeVisible();
    await wait(2);
    await waitFor(() => expect(checks.length).toBeGreaterThan(0));
    expect(screen.queryByText("Thank you")).not.toBeInTheDocument();
    now = recorded(endpoints.orders.check);
    await wait(4);
    expect(await heading("Thank you")).toHaveFocus();
    const before = checks.length;
    await wait(60);
    expect(checks).toHaveLength(before);
  });

  test("is checked less and less often, ten times, and then at the press of a button", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    setOrderStage(pending);
    const checks = mock(endpoints.orders.check, { status: 200, body: pending });
    const app = openApp(PAGE);
    await heading("Your payment is on its way");
    expect(main().queryByRole("link", { name: "Pay now" })).not.toBeInTheDocument();
    await wait(20);
    expect(checks.length).toBeLessThanOrEqual(5);
    await wait(200);
    await main().findByRole("button", { name: "Check again" });
    expect(checks).toHaveLength(10);
    expect(main().getByText(/^We’ll email you/)).toHaveTextContent(`at ${pending.email} as soon as it arrives`);
    await wait(120);
    expect(checks).toHaveLength(10);
    mock(endpoints.orders.check, { status: 200, body: recorded(endpoints.orders.check) });
    act(() => main().getByRole("button", { name: "Check again" }).click());
    await heading("Thank you");
    expect(app.address()).toBe(PAGE);
  });

  test("is no longer checked once the server has had enough", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    setOrderStage(pending);
    const checks = mock(endpoints.orders.check, { refusal: "rate_limited" });
    openApp(PAGE);
    await heading("Your payment is on its way");
    await wait(3);
    await main().findByRole("button", { name: "Check again" });
    expect(checks).toHaveLength(1);
  });
});

test("a declined payment costs nothing, and can be tried again with the same attempt", async () => {
  setOrderStage(declined);
  const checkout = { ...recorded(endpoints.checkout.get), slug: declined.items[0]?.slug ?? "" };
  mock(endpoints.checkout.get, { status: 200, body: checkout });
  mock(endpoints.payments.getDemo, { status: 200, body: recorded(endpoints.payments.getDemo) });
  const begun = mock(endpoints.checkout.begin, {
    status: 201,
    body: { ref: REF, payAt: `${window.location.origin}/demo-pay/${tokenOf("a payment")}` },
  });
  const app = openApp(`/p/${checkout.slug}/checkout`);
  await app.user.type(await screen.findByLabelText("Email"), declined.email);
  for (const _ of ["first", "second"]) {
    await app.user.click(await screen.findByRole("checkbox"));
    await app.user.click(main().getByRole("button", { name: "Pay €12.00" }));
    await screen.findByText("Demo: no money moves");
    await app.goTo(PAGE);
    await heading("Your payment was declined");
    expect(main().getByText("You haven’t been charged.")).toBeVisible();
    await app.user.click(main().getByRole("link", { name: "Try again" }));
  }
  expect(begun).toHaveLength(2);
  expect(begun[1]?.body).toEqual(begun[0]?.body);
});

test("trouble with a payment is never hidden", async () => {
  setOrderStage(recorded(endpoints.orders.get, "success: in trouble"));
  openApp(PAGE);
  await heading("We’re looking into your payment");
  expect(main().queryByRole("link")).not.toBeInTheDocument();
});
