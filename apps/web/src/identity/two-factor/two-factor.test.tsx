import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test, vi } from "vitest";
import { catchDownloads } from "../../../test/downloads.ts";
import { mock, recorded } from "../../../test/mock.ts";
import { openSecurity } from "../../../test/open-security.ts";
import type { App } from "../../../test/render-app.tsx";
import { setStage } from "../../../test/stage.ts";

const SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const CODES = recorded(endpoints.twoFactor.confirmTotp).recoveryCodes;
const SINCE = "2026-11-02T10:00:00.000Z";

/** A server that accepts the setup of an app; "123456" is its code. */
function setFactorStage() {
  const stage = setStage();
  const begun = mock(endpoints.twoFactor.beginTotp, {
    status: 201,
    body: { secret: SECRET, uri: `otpauth://totp/localhost:ada%40example.com?issuer=localhost&secret=${SECRET}` },
  });
  const confirmed = mock(endpoints.twoFactor.confirmTotp, ({ body }) => {
    if (body.code !== "123456") return { refusal: "invalid_code" };
    stage.factors = { totpSince: SINCE, recoveryCodesLeft: 10 };
    return { status: 200, body: { recoveryCodes: CODES } };
  });
  const renewed = mock(endpoints.twoFactor.renewRecoveryCodes, () => {
    stage.factors = { totpSince: SINCE, recoveryCodesLeft: 10 };
    return { status: 200, body: { recoveryCodes: CODES } };
  });
  const removed = mock(endpoints.twoFactor.removeTotp, () => {
    stage.factors = { totpSince: null, recoveryCodesLeft: 0 };
    return { status: 204, body: null };
  });
  return Object.assign(stage, { begun, confirmed, renewed, removed });
}

function section() {
  return within(screen.getByRole("region", { name: "Two-factor authentication" }));
}

async function begin(app: App) {
  await app.user.click(await screen.findByRole("button", { name: "Set up an authenticator app" }));
  return screen.findByRole("heading", { name: "Scan this with your authenticator app" });
}

async function confirm(app: App, code: string) {
  await app.user.clear(screen.getByLabelText("6-digit code"));
  await app.user.type(screen.getByLabelText("6-digit code"), code);
  await app.user.click(screen.getByRole("button", { name: "Turn on" }));
}

test("R70: an app is set up with the QR code or by hand, and its first code turns it on", async () => {
  const { confirmed } = setFactorStage();
  const app = await openSecurity();
  const step = await begin(app);
  await waitFor(() => expect(step).toHaveFocus());
  const drawing = await screen.findByRole("img", { name: "QR code for your authenticator app" });
  expect(drawing.querySelector("path")).toHaveAttribute("d", expect.stringMatching(/^M[\d ]+L.{500}/));
  // The content security policy would block an inline style.
  expect(drawing.outerHTML).not.toMatch(/<style|style=/);
  expect(section().getByText("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP")).toBeVisible();
  expect(screen.getByLabelText("6-digit code")).toHaveAttribute("autocomplete", "one-time-code");
  await confirm(app, "123456");
  await waitFor(() => expect(screen.getByRole("heading", { name: "Save your recovery codes" })).toHaveFocus());
  const codes = within(screen.getByRole("list", { name: "Recovery codes" })).getAllByRole("listitem");
  expect(codes.map(({ textContent }) => textContent)).toEqual(CODES);
  expect(confirmed.map(({ body }) => body)).toEqual([{ code: "123456" }]);
  await app.user.click(screen.getByRole("button", { name: "I’ve saved them" }));
  expect(await section().findByText(/Status: On since .* 10 recovery codes are left\./)).toBeVisible();
  expect(screen.getByText("Two-factor authentication is on")).toBeVisible();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Two-factor authentication" })).toHaveFocus());
  // The codes are gone after they were shown.
  expect(document.body.textContent).not.toContain(CODES[0]);
  expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain(CODES[0]);
});

test("R70: a wrong code is refused at its field, and the secret stays the same", async () => {
  const { begun } = setFactorStage();
  const app = await openSecurity();
  await begin(app);
  await confirm(app, "000000");
  await waitFor(() =>
    expect(screen.getByLabelText("6-digit code")).toHaveAccessibleDescription(/That code is incorrect/),
  );
  await confirm(app, "123456");
  expect(await screen.findByRole("heading", { name: "Save your recovery codes" })).toBeVisible();
  expect(begun).toHaveLength(1);
});

test("R70: too many wrong codes say when the next one is", async () => {
  setFactorStage();
  mock(endpoints.twoFactor.confirmTotp, { refusal: "rate_limited", retryAfter: 60 });
  const app = await openSecurity();
  await begin(app);
  await confirm(app, "000000");
  expect(await screen.findByText("Too many attempts. Try again in 1 minute.")).toBeVisible();
});

test("what is no code is not sent", async () => {
  const { confirmed } = setFactorStage();
  const app = await openSecurity();
  await begin(app);
  await app.user.click(screen.getByRole("button", { name: "Turn on" }));
  expect(screen.getByLabelText("6-digit code")).toHaveAccessibleDescription(/Enter the code/);
  expect(confirmed).toHaveLength(0);
});

test("setting up can be given up, and nothing has changed", async () => {
  setFactorStage();
  const app = await openSecurity();
  await begin(app);
  await app.user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
  expect(document.body.textContent).not.toContain("JBSW");
});

test("R70: recovery codes that were not kept warn before they are left", async () => {
  setFactorStage();
  const app = await openSecurity();
  await begin(app);
  await confirm(app, "123456");
  await screen.findByRole("heading", { name: "Save your recovery codes" });
  await app.user.click(screen.getByRole("link", { name: "Your data" }));
  expect(await screen.findByText(/You won’t see your recovery codes again/)).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Stay here" }));
  await app.user.click(screen.getByRole("button", { name: "I’ve saved them" }));
  await app.user.click(screen.getByRole("link", { name: "Your data" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Your data" })).toBeVisible();
});

test("R70: they can be copied, and downloaded as a text", async () => {
  setFactorStage();
  const app = await openSecurity();
  const downloads = catchDownloads();
  await begin(app);
  await app.user.click(screen.getByRole("button", { name: "Copy key" }));
  expect(await screen.findByText("Copied")).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe(SECRET);
  await confirm(app, "123456");
  await app.user.click(await screen.findByRole("button", { name: "Copy all" }));
  expect(await navigator.clipboard.readText()).toBe(CODES.join("\n"));
  await app.user.click(screen.getByRole("button", { name: "Download" }));
  expect(downloads).toHaveLength(1);
  expect(downloads[0]?.name).toBe("recovery-codes.txt");
  expect(await downloads[0]?.content.text()).toContain(`${CODES.join("\n")}\n`);
});

test("a browser that does not let us copy says what to do instead", async () => {
  setFactorStage();
  const app = await openSecurity();
  await begin(app);
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("no"));
  await app.user.click(screen.getByRole("button", { name: "Copy key" }));
  expect(await screen.findByText(/select it and copy it yourself/)).toBeVisible();
});

test.each([
  [8, "8 recovery codes are left."],
  [2, "2 recovery codes are left: create new ones soon."],
  [1, "One recovery code is left: create new ones soon."],
  [0, "You have no recovery codes left: create new ones."],
])("R70: with %i codes left it says: %s", async (recoveryCodesLeft, words) => {
  const stage = setFactorStage();
  stage.factors = { totpSince: SINCE, recoveryCodesLeft };
  await openSecurity();
  expect(await section().findByText(/^Status: On since/)).toHaveTextContent(words);
});

test("R70: new codes take the place of the former ones", async () => {
  const stage = setFactorStage();
  stage.factors = { totpSince: SINCE, recoveryCodesLeft: 2 };
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Create new codes" }));
  expect(await screen.findByText(CODES[0] ?? "")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "I’ve saved them" }));
  expect(await screen.findByText("Your old recovery codes no longer work")).toBeVisible();
  expect(await section().findByText(/10 recovery codes are left/)).toBeVisible();
});

test("R70: it is turned off once that was confirmed, and not before", async () => {
  const stage = setFactorStage();
  stage.factors = { totpSince: SINCE, recoveryCodesLeft: 8 };
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Turn off…" }));
  await app.user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(stage.removed).toHaveLength(0);
  await app.user.click(screen.getByRole("button", { name: "Turn off…" }));
  await app.user.click(await screen.findByRole("button", { name: "Turn off two-factor authentication" }));
  expect(await screen.findByText("Two-factor authentication is off")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Two-factor authentication" })).toHaveFocus());
});

test("what fails says so", async () => {
  const stage = setFactorStage();
  stage.factors = { totpSince: SINCE, recoveryCodesLeft: 8 };
  mock(endpoints.twoFactor.renewRecoveryCodes, { refusal: "database_unavailable" });
  mock(endpoints.twoFactor.removeTotp, "no answer");
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Create new codes" }));
  expect(await section().findByText(/We couldn’t create new codes\./)).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Turn off…" }));
  await app.user.click(await screen.findByRole("button", { name: "Turn off two-factor authentication" }));
  expect(await section().findByText(/We couldn’t turn it off\./)).toBeVisible();
  expect(section().getByText(/Status: On/)).toBeVisible();
});

test("one that was set up in another tab meanwhile says so, and shows it", async () => {
  const stage = setFactorStage();
  mock(endpoints.twoFactor.beginTotp, () => {
    stage.factors = { totpSince: SINCE, recoveryCodesLeft: 10 };
    return { refusal: "already_set_up" };
  });
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Set up an authenticator app" }));
  expect(await section().findByText(/^Status: On since/)).toBeVisible();
});

test("a second factor that could not be looked up comes with another try", async () => {
  const stage = setFactorStage();
  mock(endpoints.twoFactor.get, { refusal: "database_unavailable" });
  const app = await openSecurity();
  expect(await screen.findByText("Two-factor authentication could not be loaded")).toBeVisible();
  mock(endpoints.twoFactor.get, () => ({ status: 200, body: stage.factors }));
  await app.user.click(section().getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
});

const RESENT = "Check the inbox and spam folder of ada@example.com. We send at most one email every 5 minutes.";

test("R63: until the email is confirmed, the mail can be sent again in place of setting it up", async () => {
  const stage = setFactorStage();
  stage.account = { isEmailVerified: false };
  const resent = mock(endpoints.email.resendVerification, { status: 202, body: null });
  const app = await openSecurity();
  expect(section().getByText(/^Confirm your email first: we sent a link to ada@example\.com/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Set up an authenticator app" })).not.toBeInTheDocument();
  await app.user.click(section().getByRole("button", { name: "Resend email" }));
  expect(await section().findByText(`Confirm your email first. ${RESENT}`)).toBeVisible();
  expect(resent).toHaveLength(1);
});

test("R59: wherever the page offers to send the mail again, it knows that it was asked for", async () => {
  const stage = setFactorStage();
  stage.account = { isEmailVerified: false };
  mock(endpoints.email.resendVerification, { status: 202, body: null });
  const app = await openSecurity();
  await waitFor(() => expect(screen.getAllByRole("button", { name: "Resend email" })).toHaveLength(3));
  await app.user.click(section().getByRole("button", { name: "Resend email" }));
  await waitFor(() => expect(screen.getAllByText(new RegExp(`${RESENT}$`))).toHaveLength(3));
  const readOut = screen.getAllByRole("status").filter((status) => status.textContent?.includes(RESENT));
  expect(readOut).toHaveLength(1);
  expect(screen.queryByText(/with the link in the mail/)).not.toBeInTheDocument();
});

test("R63: where no mail is sent, nothing has to be confirmed first", async () => {
  const stage = setFactorStage();
  stage.account = { isEmailVerified: false };
  stage.site = { ...stage.site, canSendMail: false };
  await openSecurity();
  expect(await screen.findByRole("button", { name: "Set up an authenticator app" })).toBeVisible();
});
