import { screen, within } from "@testing-library/react";
import { endpoints, mailKinds, type QueuedMail } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { header, openApp } from "../../../test/render-app.tsx";
import { ada, adaAsOperator, idOf, PASSWORD, sessionOf, setStage, tokenOf } from "../../../test/stage.ts";
import { mailKindWords } from "./mail-words.ts";

const PAGE = "/operator/mail";

const sent: QueuedMail = {
  id: idOf("sent"),
  kind: "verify_email",
  to: "b•••@e•••.com",
  state: "sent",
  attempts: 1,
  error: null,
  createdAt: "2026-01-02T03:04:05.000Z",
  sentAt: "2026-01-02T03:04:06.000Z",
  nextAttemptAt: null,
};
const givenUp: QueuedMail = {
  ...sent,
  id: idOf("given"),
  kind: "password_reset",
  state: "given_up",
  error: "550 no such user",
  sentAt: null,
};
const failing: QueuedMail = { ...givenUp, state: "failing", nextAttemptAt: "2026-01-02T04:04:05.000Z" };

function setMailStage(mails: QueuedMail[]) {
  setStage(sessionOf(adaAsOperator));
  return mock(endpoints.operator.listMails, ({ query }) => {
    const state = query.get("state");
    return { status: 200, body: { items: mails.filter((mail) => !state || mail.state === state), nextCursor: null } };
  });
}

async function itemOf(words: string) {
  const list = within(await screen.findByRole("list", { name: "Emails" }));
  return within((await list.findByText(words, { selector: "p" })).closest("li") as HTMLElement);
}

test("R85: emails are listed with what they are for, who they are to, and how they fare", async () => {
  setMailStage([failing, sent]);
  openApp(PAGE);
  const item = await itemOf("Password reset");
  expect(item.getByText("Failing")).toBeVisible();
  expect(item.getByText(/^To/)).toHaveTextContent(/^To b•••@e•••\.com · created Jan 2, .* · 1 attempt · next Jan 2, /);
  expect(item.getByText("550 no such user")).toBeVisible();
  const done = await itemOf("Confirm email");
  expect(done.getByText("Sent")).toBeVisible();
  expect(done.queryByRole("button")).not.toBeInTheDocument();
  expect(screen.getByText("2 emails")).toBeVisible();
  expect(document.title).toBe("Emails · Yumroad");
});

test("the state to see is in the address, and one that there is not shows all", async () => {
  const lists = setMailStage([givenUp, sent]);
  const app = openApp(`${PAGE}?state=nonsense`);
  expect(await screen.findByText("2 emails")).toBeVisible();
  await app.user.click(screen.getByRole("link", { name: "Given up" }));
  expect(await screen.findByText("1 email")).toBeVisible();
  expect(app.address()).toBe(`${PAGE}?state=given_up`);
  expect(screen.getByRole("link", { name: "Given up" })).toHaveAttribute("aria-current", "page");
  await app.user.click(screen.getByRole("link", { name: "Failing" }));
  expect(await screen.findByText("No emails in this state.")).toBeVisible();
  expect(lists.map(({ query }) => query.get("state"))).toEqual([null, "given_up", "failing"]);
});

test("the rest comes on demand, and a refresh shows what has changed", async () => {
  setMailStage([]);
  let current = givenUp;
  mock(endpoints.operator.listMails, ({ query }) => ({
    status: 200,
    body: query.has("cursor")
      ? { items: [sent], nextCursor: null }
      : { items: [current], nextCursor: tokenOf("next", 48) },
  }));
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByText("2 emails")).toBeVisible();
  current = failing;
  await app.user.click(screen.getByRole("button", { name: "Refresh" }));
  expect(await (await itemOf("Password reset")).findByText("Failing")).toBeVisible();
});

test("an email that was given up is retried, once the operator has confirmed who they are", async () => {
  const lists = setMailStage([givenUp]);
  let isFresh = false;
  const retries = mock(endpoints.operator.retryMail, () =>
    isFresh ? { status: 200, body: failing } : { refusal: "reauth_required" },
  );
  mock(endpoints.auth.reauthenticate, () => {
    isFresh = true;
    return { status: 200, body: sessionOf(adaAsOperator) };
  });
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: "Retry Password reset to b•••@e•••.com" }));
  const dialog = within(await screen.findByRole("dialog"));
  await app.user.type(await dialog.findByLabelText("Password"), `${PASSWORD}{Enter}`);
  expect(await screen.findByText("The email is being sent again")).toBeVisible();
  expect((await itemOf("Password reset")).getByText("Failing")).toBeVisible();
  expect(retries.map(({ params }) => params.id)).toEqual([givenUp.id, givenUp.id]);
  expect(lists).toHaveLength(1);
});

test("an email that was sent in the meantime says so beside the button", async () => {
  setMailStage([givenUp]);
  mock(endpoints.operator.retryMail, { refusal: "mail_already_sent" });
  const app = openApp(PAGE);
  await app.user.click(await screen.findByRole("button", { name: /^Retry/ }));
  const alert = (await itemOf("Password reset")).findByRole("alert");
  expect(await alert).toHaveTextContent("Couldn’t retry the email. This email was already sent");
});

test("every kind has words of its own", () => {
  const words = Object.keys(mailKinds).map(mailKindWords);
  expect(new Set(words).size).toBe(Object.keys(mailKinds).length);
  for (const text of words) expect(text).not.toMatch(/_|Other/);
  expect(mailKindWords("of_an_older_version")).toBe("Other email");
});

test("operators find the page in their menu", async () => {
  setMailStage([sent]);
  const app = openApp(PAGE);
  await itemOf("Confirm email");
  await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Emails" })).toHaveAttribute("href", PAGE);
});

test("for others there is no such page", async () => {
  setStage(sessionOf(ada));
  const lists = mock(endpoints.operator.listMails, { refusal: "not_an_operator" });
  openApp(PAGE);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(lists).toEqual([]);
});
