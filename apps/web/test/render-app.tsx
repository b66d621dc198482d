import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { User } from "@yumroad/contract";
import { expect } from "vitest";
import { createApp } from "../src/app/create-app.tsx";
import { call as callBy } from "../src/platform/lib/call.ts";
import { createServerClock } from "../src/platform/lib/server-clock.ts";
import { ada, PASSWORD } from "./stage.ts";
import { callWithoutApp } from "./transport.ts";

const running = new Set<() => void>();
let latest: ReturnType<typeof createApp> | null = null;
let clock = createServerClock();

/** Tells the next app the server's time, as an earlier answer did. */
export function noteServerTime(response: Response): void {
  clock.note(response);
}

/** Calls an endpoint as the open app does, or without an app if none is open. */
export const call: typeof callWithoutApp = (endpoint, ...given) =>
  latest === null ? callWithoutApp(endpoint, ...given) : callBy(latest.queryClient, endpoint, ...given);

export function stopApps(): void {
  for (const stop of running) stop();
  running.clear();
  latest = null;
  clock = createServerClock();
}

/** Opens the app at an address, as a browser would. `state` is what `history.state` holds for the page. */
export function openApp(address: string) {
  window.history.pushState(null, "", address);
  return startApp();
}

function startApp() {
  const app = createApp({ clock });
  latest = app;
  const { unmount } = render(app.element);
  const visited: string[] = [];
  const unsubscribe = app.router.subscribe(({ location, navigation }) => {
    if (navigation.state === "idle" && visited.at(-1) !== addressOf(location)) visited.push(addressOf(location));
  });
  function stop() {
    unsubscribe();
    app.stop();
    running.delete(stop);
  }
  running.add(stop);
  return {
    user: userEvent.setup(),
    router: app.router,
    queryClient: app.queryClient,
    /** The addresses gone to since the app was opened. */
    visited,
    address: () => addressOf(app.router.state.location),
    goTo: (to: string) => act(() => app.router.navigate(to)),
    goBack: () => act(() => app.router.navigate(-1)),
    /** The same tab, its history and storage, but a new page. */
    reload() {
      unmount();
      stop();
      return startApp();
    },
  };
}

export type App = ReturnType<typeof openApp>;

function addressOf({ pathname, search, hash }: { pathname: string; search: string; hash: string }): string {
  return `${pathname}${search}${hash}`;
}

export function header() {
  return within(screen.getByRole("banner"));
}

export function main() {
  return within(screen.getByRole("main"));
}

export async function fillInLogIn(app: App, email: string, password: string): Promise<void> {
  await screen.findByLabelText("Email");
  // At once, as a password manager does it: letter by letter the page would be rendered thirty times.
  for (const [label, text] of [
    ["Email", email],
    ["Password", password],
  ] as const) {
    await app.user.clear(screen.getByLabelText(label));
    await app.user.paste(text);
  }
  await app.user.click(screen.getByRole("button", { name: "Log in" }));
}

/**
 * An app whose user has logged in, by the real form, and lands on `address`. Looks whether it worked before it hands
 * the app over. Needs a stage.
 */
export async function openLoggedIn(address = "/", user: User = ada): Promise<App> {
  const app = openApp(`/login?${new URLSearchParams({ next: address })}`);
  await fillInLogIn(app, user.email, PASSWORD);
  await expectLoggedIn(user);
  await waitFor(() => expect(app.address()).toBe(address));
  // The router is there a moment before the screen is.
  await waitFor(() => expect(screen.queryByRole("form", { name: "Log in" })).not.toBeInTheDocument());
  // The heading may be replaced by another meanwhile.
  await waitFor(() => expect(main().getByRole("heading", { level: 1 })).toBeVisible());
  return app;
}

export async function expectLoggedIn(user: User): Promise<void> {
  await screen.findByRole("banner");
  expect(await header().findByRole("button", { name: "Account menu", description: user.name })).toBeVisible();
  expect(header().queryByRole("link", { name: "Log in" })).not.toBeInTheDocument();
}

export async function expectLoggedOut(): Promise<void> {
  await screen.findByRole("banner");
  expect(await header().findByRole("link", { name: "Log in" })).toBeVisible();
  expect(header().queryByRole("button", { name: "Account menu" })).not.toBeInTheDocument();
}

export async function logOut(app: App): Promise<void> {
  await app.user.click(header().getByRole("button", { name: "Account menu" }));
  await app.user.click(await screen.findByRole("menuitem", { name: "Log out" }));
}
