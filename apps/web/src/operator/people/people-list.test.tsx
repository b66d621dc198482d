import { screen, waitFor, within } from "@testing-library/react";
import { endpoints, type Person } from "@yumroad/contract";
import { expect, test } from "vitest";
import { mock } from "../../../test/mock.ts";
import { type App, expectLoggedIn, header, openApp } from "../../../test/render-app.tsx";
import { ada, adaAsOperator, bob, ended, idOf, personOf, sessionOf, setStage, tokenOf } from "../../../test/stage.ts";

const PAGE = "/operator/people";

/** A shop that Ada runs, with these people. */
function setPeopleStage(people: Person[]) {
  const stage = setStage(sessionOf(adaAsOperator));
  const lists = mock(endpoints.operator.listPeople, ({ query }) => {
    const q = query.get("q") ?? "";
    return { status: 200, body: { items: people.filter(({ email }) => email.startsWith(q)), nextCursor: null } };
  });
  return Object.assign(stage, { lists });
}

async function itemOf(name: string) {
  const list = within(await screen.findByRole("list", { name: "People" }));
  return within((await list.findByText(name, { selector: "p" })).closest("li") as HTMLElement);
}

/** Presses a button whose question has to be answered first. */
async function press(app: App, button: string, answer: string) {
  await app.user.click(await screen.findByRole("button", { name: button }));
  await app.user.click(await screen.findByRole("button", { name: answer }));
}

const operator = personOf(adaAsOperator);
const seller = personOf(bob);
const guest = personOf({ ...bob, id: idOf("Cleo"), name: "Cleo", email: "cleo@example.com", store: null });

test("everybody is listed with their store, since when they are here, and what they are", async () => {
  setPeopleStage([guest, { ...seller, isDisabled: true }, operator]);
  openApp(PAGE);
  const first = await itemOf("Cleo");
  expect(first.getByText("cleo@example.com")).toBeVisible();
  expect(first.getByText("Jan 2, 2026")).toHaveAttribute("datetime", guest.createdAt);
  expect(first.queryByRole("link")).not.toBeInTheDocument();
  expect(first.queryByText(/^(Operator|Disabled)$/)).not.toBeInTheDocument();
  const disabled = await itemOf("Bob");
  expect(disabled.getByRole("link", { name: "Bob" })).toHaveAttribute("href", "/@bob");
  expect(disabled.getByText("Disabled")).toBeVisible();
  expect(disabled.getByRole("button", { name: "Enable Bob" })).toBeVisible();
  expect((await itemOf("Ada")).getByText("Operator")).toBeVisible();
  expect(screen.getByText("3 people")).toBeVisible();
  expect(document.title).toBe("People · Yumroad");
});

test("the rest comes on demand", async () => {
  setPeopleStage([]);
  const asked = mock(endpoints.operator.listPeople, ({ query }) => ({
    status: 200,
    body: query.has("cursor")
      ? { items: [seller], nextCursor: null }
      : { items: [operator], nextCursor: tokenOf("next", 48) },
  }));
  const app = openApp(PAGE);
  expect(await screen.findByText("Showing 1 people")).toBeVisible();
  await app.user.click(screen.getByRole("button", { name: "Show more" }));
  await waitFor(() => expect(screen.getByText("Bob", { selector: "p" }).closest("li")).toHaveFocus());
  expect(asked.map(({ query }) => query.get("cursor"))).toEqual([null, tokenOf("next", 48)]);
});

test("search follows the typing, lives in the address, and says when nobody is found", async () => {
  setPeopleStage([seller, operator]);
  const app = openApp(PAGE);
  const box = await screen.findByRole("searchbox", { name: "Search by email" });
  await app.user.type(box, "bob@");
  expect(await screen.findByText("1 person")).toBeVisible();
  expect(app.address()).toBe(`${PAGE}?q=bob%40`);
  await app.user.type(box, "elsewhere");
  expect(await screen.findByText("No one found for “bob@elsewhere”.")).toBeVisible();
  await app.user.click(screen.getByRole("link", { name: "Show everyone" }));
  expect(await screen.findByText("2 people")).toBeVisible();
  expect(box).toHaveValue("");
});

test("a list that fails comes with another try", async () => {
  setPeopleStage([]);
  mock(endpoints.operator.listPeople, { refusal: "internal_error" });
  const app = openApp(PAGE);
  expect(await screen.findByText("The people could not be loaded")).toBeVisible();
  mock(endpoints.operator.listPeople, { status: 200, body: { items: [operator], nextCursor: null } });
  await app.user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("1 person")).toBeVisible();
});

test("a person is disabled once that was confirmed, and enabled again, without loading the list again", async () => {
  const { lists } = setPeopleStage([seller, operator]);
  const disables = mock(endpoints.operator.disablePerson, { status: 200, body: { ...seller, isDisabled: true } });
  const enables = mock(endpoints.operator.enablePerson, { status: 200, body: seller });
  const app = openApp(PAGE);
  await press(app, "Disable… Bob", "Cancel");
  expect(disables).toHaveLength(0);
  await press(app, "Disable… Bob", "Disable");
  expect(await screen.findByText("Bob is disabled")).toBeVisible();
  expect((await itemOf("Bob")).getByText("Disabled")).toBeVisible();
  expect(disables.map(({ params }) => params.id)).toEqual([bob.id]);
  // The button disappears with the answer.
  await waitFor(() => expect(screen.getByText("Bob", { selector: "p" }).closest("li")).toHaveFocus());
  await app.user.click(screen.getByRole("button", { name: "Enable Bob" }));
  expect(await screen.findByText("Bob can log in again")).toBeVisible();
  expect((await itemOf("Bob")).queryByText("Disabled")).not.toBeInTheDocument();
  expect(enables.map(({ params }) => params.id)).toEqual([bob.id]);
  expect(lists).toHaveLength(1);
});

test("the last operator can't be disabled, and the reason is beside the name", async () => {
  setPeopleStage([operator]);
  mock(endpoints.operator.disablePerson, { refusal: "last_operator" });
  const app = openApp(PAGE);
  await press(app, "Disable… Ada", "Disable");
  const alert = (await itemOf("Ada")).findByRole("alert");
  expect(await alert).toHaveTextContent("Couldn’t disable Ada. The shop needs another operator first");
  expect((await itemOf("Ada")).queryByText("Disabled")).not.toBeInTheDocument();
});

test("all sessions of a person are ended once that was confirmed", async () => {
  setPeopleStage([seller, operator]);
  const ends = mock(endpoints.operator.endSessions, { status: 204, body: null });
  const app = openApp(PAGE);
  await press(app, "Log out all devices… of Bob", "Cancel");
  expect(ends).toHaveLength(0);
  await press(app, "Log out all devices… of Bob", "Log out all devices");
  expect(await screen.findByText("Bob is logged out everywhere")).toBeVisible();
  expect(ends.map(({ params }) => params.id)).toEqual([bob.id]);
});

test("who ends their own sessions is asked to log in again", async () => {
  const stage = setPeopleStage([operator]);
  mock(endpoints.operator.endSessions, () => {
    stage.session = ended;
    return { status: 204, body: null };
  });
  const app = openApp(PAGE);
  await press(app, "Log out all devices… of Ada", "Log out all devices");
  expect(await screen.findByRole("heading", { level: 1, name: "Log in" })).toBeVisible();
  expect(app.address()).toBe("/login?next=%2Foperator%2Fpeople");
});

test("for who is no operator there is no such page, and no way to it", async () => {
  setStage(sessionOf(ada));
  const lists = mock(endpoints.operator.listPeople, { refusal: "not_an_operator" });
  const app = openApp(PAGE);
  expect(await screen.findByRole("heading", { level: 1, name: "Page not found" })).toBeVisible();
  expect(lists).toEqual([]);
  await expectLoggedIn(ada);
  await app.user.click(header().getByRole("button", { name: "Account menu", description: "Ada" }));
  expect(await screen.findByRole("menuitem", { name: "Settings" })).toBeVisible();
  expect(screen.queryByRole("menuitem", { name: "People" })).not.toBeInTheDocument();
});
