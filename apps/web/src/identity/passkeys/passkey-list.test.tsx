import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock, recorded } from "../../../test/mock.ts";
import { openSecurity } from "../../../test/open-security.ts";
import { failing, knowPasskeys, madePasskey } from "../../../test/passkeys.ts";
import { passkeyOf, setStage } from "../../../test/stage.ts";

/** A server that stores passkeys. */
function setPasskeyStage() {
  const stage = setStage();
  mock(endpoints.passkeys.creationOptions, { status: 200, body: recorded(endpoints.passkeys.creationOptions) });
  const added = mock(endpoints.passkeys.add, ({ body }) => {
    const passkey = passkeyOf(body.name, { isSynced: true });
    stage.passkeys = [...stage.passkeys, passkey];
    return { status: 201, body: passkey };
  });
  const removed = mock(endpoints.passkeys.remove, ({ params }) => {
    stage.passkeys = stage.passkeys.filter(({ handle }) => handle !== params.handle);
    return { status: 204, body: null };
  });
  return Object.assign(stage, { added, removed });
}

function section() {
  return within(screen.getByRole("region", { name: "Passkeys" }));
}

test("R72: a passkey is made by the browser and kept under a name that is suggested", async () => {
  const { added } = setPasskeyStage();
  const asked = knowPasskeys(() => Promise.resolve(madePasskey));
  const app = await openSecurity();
  expect(await screen.findByText("You haven’t added a passkey yet.")).toBeVisible();
  const name = screen.getByLabelText("Name of the new passkey");
  expect(name).toHaveValue("Linux");
  await app.user.clear(name);
  await app.user.type(name, "Laptop");
  await app.user.click(screen.getByRole("button", { name: "Add a passkey" }));
  expect(await screen.findByText("The passkey “Laptop” is added")).toBeVisible();
  expect(name).toHaveValue("");
  const list = within(await screen.findByRole("list", { name: "Passkeys" }));
  expect(list.getByText("Laptop")).toHaveTextContent("LaptopSynced");
  expect(list.getByText("Not used yet")).toBeVisible();
  expect(asked[0]?.publicKey.challenge).toHaveProperty("byteLength", 54);
  expect(added.map(({ body }) => [body.name, body.passkey.id])).toEqual([["Laptop", "cGFzc2tleQ"]]);
});

test("R72: each has its name, when it was added and last used", async () => {
  const stage = setPasskeyStage();
  const hourAgo = new Date(Date.now() - 3_700_000).toISOString();
  stage.passkeys = [passkeyOf("Laptop"), passkeyOf("Phone", { lastUsedAt: hourAgo })];
  await openSecurity();
  const list = within(await screen.findByRole("list", { name: "Passkeys" }));
  const [laptop, phone] = list.getAllByRole("listitem");
  expect(laptop).toHaveTextContent(/^LaptopNot used yetAdded Jan 2, 2026/);
  expect(phone).toHaveTextContent(/^PhoneLast used 1 hour agoAdded/);
});

test.each([
  ["NotAllowedError", "The browser’s question was closed, or took too long. You can try again."],
  ["InvalidStateError", "Your account already has a passkey on that device."],
  ["SecurityError", "Passkeys can’t be used here: at this address, or with this device."],
  ["UnknownError", "The passkey couldn’t be created."],
])("R72: when the browser says %s, nothing is added, and the page says what happened", async (name, words) => {
  const { added } = setPasskeyStage();
  knowPasskeys(failing(name));
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Add a passkey" }));
  expect(await section().findByText(words)).toBeVisible();
  expect(added).toHaveLength(0);
});

test.each([
  ["invalid_passkey", /That passkey didn’t work/],
  ["already_set_up", /That passkey is in your account already/],
] as const)("R72: one that the server refuses as %s says so", async (refusal, words) => {
  setPasskeyStage();
  knowPasskeys(() => Promise.resolve(madePasskey));
  mock(endpoints.passkeys.add, { refusal });
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Add a passkey" }));
  expect(await section().findByText(words)).toBeVisible();
});

test("R72: without a name none is made", async () => {
  const { added } = setPasskeyStage();
  const asked = knowPasskeys(() => Promise.resolve(madePasskey));
  const app = await openSecurity();
  await app.user.clear(await screen.findByLabelText("Name of the new passkey"));
  await app.user.click(screen.getByRole("button", { name: "Add a passkey" }));
  expect(screen.getByLabelText("Name of the new passkey")).toHaveAccessibleDescription(/Enter a name/);
  expect([asked.length, added.length]).toEqual([0, 0]);
});

test("R72: a browser that knows none says so", async () => {
  setPasskeyStage();
  await openSecurity();
  expect(await screen.findByText(/This browser can’t create passkeys here/)).toBeVisible();
  expect(screen.queryByRole("button", { name: "Add a passkey" })).not.toBeInTheDocument();
});

test("R72: one is removed once that was confirmed, and not before", async () => {
  const stage = setPasskeyStage();
  stage.passkeys = [passkeyOf("Laptop"), passkeyOf("Phone")];
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Remove… Phone" }));
  await app.user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(stage.removed).toHaveLength(0);
  await app.user.click(screen.getByRole("button", { name: "Remove… Phone" }));
  expect(await screen.findByRole("dialog", { name: "Remove “Phone”?" })).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Remove passkey" }));
  expect(await screen.findByText("The passkey “Phone” is removed")).toBeVisible();
  await waitFor(() => expect(section().queryByText("Phone")).not.toBeInTheDocument());
  expect(section().getByText("Laptop")).toBeVisible();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Passkeys" })).toHaveFocus());
});

test("one that could not be removed says so; one that is gone already is gone", async () => {
  const stage = setPasskeyStage();
  stage.passkeys = [passkeyOf("Laptop")];
  mock(endpoints.passkeys.remove, { refusal: "database_unavailable" });
  const app = await openSecurity();
  await app.user.click(await screen.findByRole("button", { name: "Remove… Laptop" }));
  await app.user.click(await screen.findByRole("button", { name: "Remove passkey" }));
  expect(await screen.findByText(/We couldn’t remove it\./)).toBeVisible();
  mock(endpoints.passkeys.remove, () => {
    stage.passkeys = [];
    return { refusal: "not_found" };
  });
  await app.user.click(screen.getByRole("button", { name: "Remove… Laptop" }));
  await app.user.click(await screen.findByRole("button", { name: "Remove passkey" }));
  expect(await screen.findByText("You haven’t added a passkey yet.")).toBeVisible();
});

test("passkeys that could not be loaded come with another try", async () => {
  const stage = setPasskeyStage();
  stage.passkeys = [passkeyOf("Laptop")];
  mock(endpoints.passkeys.list, { refusal: "database_unavailable" });
  const app = await openSecurity();
  expect(await screen.findByText("Your passkeys could not be loaded")).toBeVisible();
  mock(endpoints.passkeys.list, () => ({ status: 200, body: { items: stage.passkeys } }));
  await app.user.click(section().getByRole("button", { name: "Try again" }));
  expect(await section().findByText("Laptop")).toBeVisible();
});

test("R63: until the email is confirmed none is added, and those that are there can be removed", async () => {
  const stage = setPasskeyStage();
  stage.account = { isEmailVerified: false };
  stage.passkeys = [passkeyOf("Laptop")];
  await openSecurity();
  expect(section().getByText(/^Confirm your email first/)).toBeVisible();
  expect(screen.queryByLabelText("Name of the new passkey")).not.toBeInTheDocument();
  expect(section().getByRole("button", { name: "Remove… Laptop" })).toBeVisible();
});
