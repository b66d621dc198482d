import { screen, waitFor, within } from "@testing-library/react";
import { activityKinds, endpoints } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { openSecurity } from "../../../test/open-security.ts";
import { event, setStage, tokenOf } from "../../../test/stage.ts";
import { activityWords } from "../../words/activity.ts";

const NEXT = tokenOf("next", 48);

function section() {
  return within(screen.getByRole("region", { name: "Activity" }));
}

test("R79: what has happened is told in plain words, with when, from which device and where", async () => {
  setStage();
  const items = [event("authn_password_change"), event("user_disabled", { device: "", address: "" })];
  mock(endpoints.activity.list, { status: 200, body: { items, nextCursor: null } });
  await openSecurity();
  await section().findByText("You changed your password");
  const [change, disabled] = section().getAllByRole("listitem");
  expect(change).toHaveTextContent(/^You changed your passwordJan 2, 2026.* · Firefox on Linux, from 203\.0\.113\.x$/);
  expect(disabled).toHaveTextContent(/^The shop owner closed your accountJan 2, 2026[^·]*$/);
  expect(section().queryByRole("button", { name: "Show more" })).not.toBeInTheDocument();
});

test("R79: every kind has words of its own, and none of them is the log's", () => {
  const words = activityKinds.map(activityWords.textOf);
  expect(new Set(words).size).toBe(activityKinds.length);
  for (const text of words) expect(text).not.toMatch(/_|authn/);
  expect(activityWords.textOf("of_a_newer_version")).toBe("Something else happened");
});

test("R79: the rest comes a page at a time, and the focus goes along", async () => {
  setStage();
  const pages = mock(endpoints.activity.list, ({ query }) =>
    query.get("cursor") === null
      ? { status: 200, body: { items: [event("authn_login_success")], nextCursor: NEXT } }
      : { status: 200, body: { items: [event("user_created")], nextCursor: null } },
  );
  const app = await openSecurity();
  await section().findByText("Logged in");
  await app.user.click(section().getByRole("button", { name: "Show more" }));
  const first = await section().findByText("You signed up");
  await waitFor(() => expect(first.closest("li")).toHaveFocus());
  expect(section().queryByRole("button", { name: "Show more" })).not.toBeInTheDocument();
  expect(pages.map(({ query }) => query.get("cursor"))).toEqual([null, NEXT]);
});

test("the rest that could not be loaded says so beside the button, and what is there stays", async () => {
  setStage();
  mock(endpoints.activity.list, ({ query }) =>
    query.get("cursor") === null
      ? { status: 200, body: { items: [event("authn_login_success")], nextCursor: NEXT } }
      : { refusal: "database_unavailable" },
  );
  const app = await openSecurity();
  await section().findByText("Logged in");
  await app.user.click(section().getByRole("button", { name: "Show more" }));
  expect(await section().findByText(/Couldn’t load more/)).toBeVisible();
  expect(section().getByRole("button", { name: "Try again" })).toBeVisible();
  expect(section().getByText("Logged in")).toBeVisible();
});

test("nothing yet says so, and a list that could not be loaded comes with another try", async () => {
  setStage();
  mock(endpoints.activity.list, { refusal: "database_unavailable" });
  const app = await openSecurity();
  expect(await screen.findByText("Your activity could not be loaded")).toBeVisible();
  mock(endpoints.activity.list, { status: 200, body: { items: [], nextCursor: null } });
  await app.user.click(section().getByRole("button", { name: "Try again" }));
  expect(await section().findByText("Nothing has happened yet.")).toBeVisible();
});
