import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { type App, openLoggedIn } from "../../../test/render-app.tsx";
import { setStage } from "../../../test/stage.ts";

const ADDRESS = "/settings/profile";
const NEW = "ada@elsewhere.example";

/** A server that sends links. */
function sendLinks() {
  const stage = setStage();
  const changes = mock(endpoints.email.change, ({ body }) => {
    stage.account.pendingEmail = body.email;
    return { status: 202, body: null };
  });
  const cancels = mock(endpoints.email.cancelChange, () => {
    stage.account.pendingEmail = null;
    return { status: 204, body: null };
  });
  return { stage, changes, cancels };
}

async function askFor(app: App, email: string) {
  await app.user.click(await screen.findByRole("button", { name: "Change your email" }));
  await app.user.type(screen.getByLabelText("New email"), email);
  await app.user.click(screen.getByRole("button", { name: "Change email" }));
}

function section() {
  return within(screen.getByRole("region", { name: "Your email" }));
}

test("R64: a new address waits for its link to be followed, and until then the old one stays", async () => {
  const { changes } = sendLinks();
  const app = await openLoggedIn(ADDRESS);
  await askFor(app, ` ${NEW} `);
  const told = await screen.findByText(/We sent a link to/);
  expect(told).toHaveTextContent(`We sent a link to ${NEW}. Until you follow it, your email stays ada@example.com.`);
  expect(changes.map(({ body }) => body)).toEqual([{ email: NEW }]);
  expect(screen.queryByLabelText("New email")).not.toBeInTheDocument();
  // It is still shown after a reload.
  app.reload();
  expect(await screen.findByText(/We sent a link to/)).toBeVisible();
});

test("R64: a change that waits can be cancelled, and the focus is not lost", async () => {
  const { stage, cancels } = sendLinks();
  stage.account.pendingEmail = NEW;
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Cancel email change" }));
  await waitFor(() => expect(screen.queryByText(/We sent a link to/)).not.toBeInTheDocument());
  expect(cancels).toHaveLength(1);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Your email" })).toHaveFocus());
});

test("a change that could not be cancelled says so, and still waits", async () => {
  const { stage } = sendLinks();
  stage.account.pendingEmail = NEW;
  mock(endpoints.email.cancelChange, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Cancel email change" }));
  expect(await section().findByRole("alert")).toHaveTextContent(/We couldn’t cancel it/);
  expect(screen.getByText(/We sent a link to/)).toBeVisible();
});

test("R64: an address that has an account is refused at its field, and stays typed", async () => {
  sendLinks();
  mock(endpoints.email.change, { refusal: "email_taken" });
  const app = await openLoggedIn(ADDRESS);
  await askFor(app, "bob@example.com");
  await waitFor(() =>
    expect(screen.getByLabelText("New email")).toHaveAccessibleDescription(/That email already has an account/),
  );
  expect(screen.getByLabelText("New email")).toHaveValue("bob@example.com");
});

test("R64: a shop that can't send mail says plainly why nothing comes of it", async () => {
  sendLinks();
  mock(endpoints.email.change, { refusal: "mail_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  await askFor(app, NEW);
  expect(await section().findByRole("alert")).toHaveTextContent(
    "This shop can’t send email, so a new email can’t be confirmed",
  );
});

test.each([
  ["ada@example.com", /That’s your email already/],
  ["ada", /Enter a valid email address/],
])("%s is refused before anything is sent", async (email, words) => {
  const { changes } = sendLinks();
  const app = await openLoggedIn(ADDRESS);
  await askFor(app, email);
  expect(screen.getByLabelText("New email")).toHaveAccessibleDescription(words);
  expect(changes).toHaveLength(0);
});

test("an address that is proven says so, and no mail is offered", async () => {
  setStage();
  await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Confirmed")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Resend email" })).not.toBeInTheDocument();
});

test("one that is not can be proven with another mail", async () => {
  const { stage } = sendLinks();
  stage.account.isEmailVerified = false;
  const sent = mock(endpoints.email.resendVerification, { status: 202, body: null });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Not confirmed")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Resend email" }));
  expect(
    await screen.findByText(/^Check the inbox and spam folder of ada@example.com. We send at most one/),
  ).toBeVisible();
  expect(sent).toHaveLength(1);
});

test("a mail that could not be asked for says so", async () => {
  const { stage } = sendLinks();
  stage.account.isEmailVerified = false;
  mock(endpoints.email.resendVerification, "no answer");
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Resend email" }));
  expect(await section().findByRole("alert")).toHaveTextContent(/We couldn’t send the email/);
});

test("R64: where no mail is sent, the page says so and offers neither", async () => {
  const { stage } = sendLinks();
  stage.site.canSendMail = false;
  stage.account.isEmailVerified = false;
  await openLoggedIn(ADDRESS);
  expect(await screen.findByText(/This shop can’t send email, so your email can’t be confirmed/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Change your email" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Resend email" })).not.toBeInTheDocument();
});

test("in the demo, the mail that was sent is a link away", async () => {
  const { stage } = sendLinks();
  stage.site.hasMailTray = true;
  const app = await openLoggedIn(ADDRESS);
  await askFor(app, NEW);
  expect(await section().findByRole("link", { name: "demo inbox" })).toHaveAttribute("href", "/outbox");
});
