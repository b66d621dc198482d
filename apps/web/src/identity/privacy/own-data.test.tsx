import { screen, waitFor, within } from "@testing-library/react";
import { endpoints } from "@yumroad/contract";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { catchDownloads } from "../../../test/downloads.ts";
import { interfere, mock } from "../../../test/mock.ts";
import { expectLoggedOut, openLoggedIn } from "../../../test/render-app.tsx";
import { accountOf, ada, ended, setStage } from "../../../test/stage.ts";

const ADDRESS = "/settings/data";
const DELETION_AT = "2026-12-02T10:00:00.000Z";

let otherTab: BroadcastChannel;
let heard: unknown[];

beforeEach(() => {
  otherTab = new BroadcastChannel("yumroad");
  heard = [];
  otherTab.onmessage = ({ data }) => heard.push(data);
});

afterEach(() => otherTab.close());

function section(name: string) {
  return within(screen.getByRole("region", { name }));
}

test("R65: everything of one's own is saved as a file, under the name that the server gives it", async () => {
  setStage();
  const asked = mock(endpoints.privacy.export, {
    status: 200,
    body: null,
    file: { content: "PK…" },
  });
  const app = await openLoggedIn(ADDRESS);
  const downloads = catchDownloads();
  await app.user.click(screen.getByRole("button", { name: "Download my data" }));
  expect(await screen.findByText("Your data is downloaded")).toBeVisible();
  expect(downloads.map(({ name }) => name)).toEqual(["yumroad-ada-lovelace-2026-03-01.zip"]);
  expect(await downloads[0]?.content.text()).toBe("PK…");
  expect(asked).toHaveLength(1);
});

test("R65: one that has lost its name on the way gets one of ours", async () => {
  setStage();
  interfere(endpoints.privacy.export, () => new Response("PK…", { headers: { "content-type": "application/zip" } }));
  const app = await openLoggedIn(ADDRESS);
  const downloads = catchDownloads();
  await app.user.click(screen.getByRole("button", { name: "Download my data" }));
  await waitFor(() => expect(downloads.map(({ name }) => name)).toEqual(["yumroad-data.zip"]));
});

test("R65: a download that is refused, or is no file at all, says so and saves nothing", async () => {
  setStage();
  mock(endpoints.privacy.export, { refusal: "rate_limited", retryAfter: 90 });
  const app = await openLoggedIn(ADDRESS);
  const downloads = catchDownloads();
  await app.user.click(screen.getByRole("button", { name: "Download my data" }));
  expect(await screen.findByText(/We couldn’t download it\. Too many attempts/)).toBeVisible();
  interfere(
    endpoints.privacy.export,
    () => new Response("<h1>Log in to the wifi</h1>", { headers: { "content-type": "text/html" } }),
  );
  await app.user.click(screen.getByRole("button", { name: "Download my data" }));
  expect(await screen.findByText(/We couldn’t download it\. Something went wrong/)).toBeVisible();
  expect(downloads).toHaveLength(0);
});

test("R65: the account is deleted once that was confirmed: logged out everywhere, told until when it can be undone", async () => {
  const stage = setStage();
  const asked = mock(endpoints.privacy.requestDeletion, () => {
    stage.session = ended;
    return { status: 200, body: { deletionAt: DELETION_AT } };
  });
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Delete my account…" }));
  await app.user.click(await screen.findByRole("button", { name: "Cancel" }));
  expect(asked).toHaveLength(0);
  await app.user.click(screen.getByRole("button", { name: "Delete my account…" }));
  await app.user.click(await screen.findByRole("button", { name: "Delete my account" }));
  expect(
    await screen.findByText(/Your account will be deleted on Dec 2, 2026.*\. Log in before then to keep it\./),
  ).toBeVisible();
  await expectLoggedOut();
  expect(app.address()).toBe("/");
  await waitFor(() => expect(heard).toContainEqual({ type: "logged-out" }));
  // The notice stays longer than a usual success.
  vi.useFakeTimers({ shouldAdvanceTime: true });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(screen.getByText(/Your account will be deleted/)).toBeVisible();
  vi.useRealTimers();
  await app.goTo("/products");
  await waitFor(() => expect(screen.queryByText(/Your account will be deleted/)).not.toBeInTheDocument());
});

test("R65: a deletion that fails says so, and the account is still there", async () => {
  setStage();
  mock(endpoints.privacy.requestDeletion, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Delete my account…" }));
  await app.user.click(await screen.findByRole("button", { name: "Delete my account" }));
  expect(await screen.findByText(/Your account isn’t deleted\./)).toBeVisible();
  expect(app.address()).toBe(ADDRESS);
});

test.each([
  ["before", null],
  ["after", DELETION_AT],
])("R103: a seller reads %s asking that the account waits for the claims of their buyers", async (_, deletionAt) => {
  setStage().account.deletionAt = deletionAt;
  await openLoggedIn(ADDRESS);
  expect(await screen.findByText(/until 14 days after your last sale/)).toBeVisible();
});

test("the last operator reads why their account can't be deleted", async () => {
  setStage();
  mock(endpoints.privacy.requestDeletion, { refusal: "last_operator" });
  const app = await openLoggedIn(ADDRESS);
  await app.user.click(await screen.findByRole("button", { name: "Delete my account…" }));
  await app.user.click(await screen.findByRole("button", { name: "Delete my account" }));
  expect(await screen.findByText("Your account isn’t deleted. The shop needs another operator first")).toBeVisible();
});

test("R65: within the seven days it says when, and can be undone", async () => {
  const stage = setStage();
  stage.account.deletionAt = DELETION_AT;
  const undone = mock(endpoints.privacy.undoDeletion, () => {
    stage.account.deletionAt = null;
    return { status: 200, body: accountOf(ada) };
  });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText(/^Your account will be deleted on/)).toHaveTextContent(/Dec 2, 2026/);
  expect(screen.queryByRole("button", { name: "Delete my account…" })).not.toBeInTheDocument();
  await app.user.click(section("Delete your account").getByRole("button", { name: "Keep my account" }));
  expect(await screen.findByText("Your account stays")).toBeVisible();
  expect(await screen.findByRole("button", { name: "Delete my account…" })).toBeVisible();
  expect(undone).toHaveLength(1);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Delete your account" })).toHaveFocus());
});

test("an account that could not be loaded comes with another try, and the download is there all the same", async () => {
  setStage();
  mock(endpoints.account.get, { refusal: "database_unavailable" });
  const app = await openLoggedIn(ADDRESS);
  expect(await screen.findByText("Your account could not be loaded")).toBeVisible();
  expect(screen.getByRole("button", { name: "Download my data" })).toBeVisible();
  mock(endpoints.account.get, { status: 200, body: accountOf(ada) });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("button", { name: "Delete my account…" })).toBeVisible();
});
