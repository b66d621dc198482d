import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type OutboxMail } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { main, openApp } from "../../../test/render-app.tsx";
import { setStage, tokenOf } from "../../../test/stage.ts";

function mailOf(number: number, subject: string): OutboxMail {
  return {
    id: `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    to: "ada@example.com",
    subject,
    at: "2026-11-25T15:04:00.000Z",
  };
}

const older = mailOf(1, "Confirm your address");
const newer = mailOf(2, "Choose a new password");

function stageWith(mails: OutboxMail[]) {
  const stage = setStage();
  stage.site = { ...stage.site, hasMailTray: true };
  mock(endpoints.listOutbox, { status: 200, body: { items: mails, nextCursor: null } });
  mock(endpoints.getOutboxMail, ({ params }) => {
    const mail = mails.find(({ id }) => id === params.id);
    if (!mail) return { refusal: "not_found" };
    return { status: 200, body: { ...mail, html: "<p>Hello</p>", text: `Hello from “${mail.subject}”` } };
  });
}

test("the mail tray shows the newest mail beside the list of all", async () => {
  stageWith([newer, older]);
  openApp("/outbox");
  expect(await screen.findByRole("heading", { level: 1, name: "Mail tray" })).toBeVisible();
  const shown = within(await screen.findByRole("article", { name: "Choose a new password" }));
  expect(shown.getByText(/^To ada@example\.com/)).toBeVisible();
  expect(shown.getByText(/Nov 25, 2026/)).toHaveAttribute("datetime", newer.at);
  const frame = shown.getByTitle("Mail: Choose a new password");
  expect(frame).toHaveAttribute("src", `/api/outbox/${newer.id}/page`);
  // It may lead away in the whole window at a click, and nothing else: no scripts, none of our origin's rights.
  expect(frame.getAttribute("sandbox")?.split(" ").toSorted()).toEqual([
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-top-navigation-by-user-activation",
  ]);
  expect(shown.getByText("Hello from “Choose a new password”")).toBeInTheDocument();
  expect(main().getAllByRole("listitem")).toHaveLength(2);
  expect(main().getByRole("link", { name: /^Choose a new password/ })).toHaveAttribute("aria-current", "true");
  expect(document.title).toBe("Mail tray · Yumroad");
});

test("another mail is chosen in the list, stands in the address, and takes the focus", async () => {
  stageWith([newer, older]);
  const app = openApp("/outbox");
  await app.user.click(await screen.findByRole("link", { name: /^Confirm your address/ }));
  expect(app.address()).toBe(`/outbox?mail=${older.id}`);
  await waitFor(() => expect(screen.getByRole("heading", { level: 2, name: "Confirm your address" })).toHaveFocus());
  expect(screen.getByTitle("Mail: Confirm your address")).toHaveAttribute("src", `/api/outbox/${older.id}/page`);
  expect(screen.queryByRole("article", { name: "Choose a new password" })).not.toBeInTheDocument();
});

test("an empty tray says so", async () => {
  stageWith([]);
  openApp("/outbox");
  expect(await screen.findByText("No mail yet. What the shop writes to people appears here.")).toBeVisible();
});

test("a tray that could not be loaded comes with another try", async () => {
  stageWith([newer]);
  mock(endpoints.listOutbox, { refusal: "internal_error" });
  const app = openApp("/outbox");
  expect(await screen.findByText("The mails could not be loaded")).toBeVisible();
  mock(endpoints.listOutbox, { status: 200, body: { items: [newer], nextCursor: null } });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});

test("a mail that is not there says so, beside those that are", async () => {
  stageWith([newer]);
  openApp(`/outbox?mail=${older.id}`);
  expect(await screen.findByText("This mail could not be loaded")).toBeVisible();
  expect(screen.getByRole("link", { name: /^Choose a new password/ })).toBeVisible();
});

test("older mails come on demand", async () => {
  stageWith([newer, older]);
  mock(endpoints.listOutbox, ({ query }) => ({
    status: 200,
    body: query.has("cursor")
      ? { items: [older], nextCursor: null }
      : { items: [newer], nextCursor: tokenOf("next", 48) },
  }));
  const app = openApp("/outbox");
  await app.user.click(await screen.findByRole("button", { name: "Show more" }));
  expect(await screen.findByRole("link", { name: /^Confirm your address/ })).toHaveFocus();
});

test("where there is no mail tray, there is no such page, and no way to it", async () => {
  setStage();
  mock(endpoints.listOutbox, { refusal: "not_found" });
  openApp("/outbox");
  expect(await screen.findByRole("heading", { level: 1, name: "This road leads nowhere" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Mail tray" })).not.toBeInTheDocument();
});

test("where there is one, every page leads to it", async () => {
  stageWith([newer]);
  const app = openApp("/");
  await app.user.click(await screen.findByRole("link", { name: "Mail tray" }));
  expect(await screen.findByRole("article", { name: "Choose a new password" })).toBeVisible();
});
