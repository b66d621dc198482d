import { safeNext } from "@yumroad/contract";
import { type Page, type PageName, pageAt, pages } from "./pages.ts";

type Pages = typeof pages;
type AddressOf<P extends Pages[PageName]> = P extends { address: infer Address } ? Address : P["path"];
type PathOf<Address> = Address extends `${string}:${string}` ? (value: string) => string : Address;

/** The address of each page: a text, or a function of the value in it. */
type Paths = { [Name in PageName]: PathOf<AddressOf<Pages[Name]>> };

function toPath([name, { path, address = path }]: [string, Page]) {
  const fill = (value: string) => address.replace(/:\w+/, encodeURIComponent(value));
  return [name, address.includes(":") ? fill : address];
}

/** The addresses of all pages. Other code never writes them by hand. */
export const paths = {
  ...(Object.fromEntries(Object.entries(pages).map(toPath)) as Paths),
  outboxMail: (id: string) => `${pages.outbox.path}?mail=${encodeURIComponent(id)}`,
  withdrawFrom: (order: string) => `${pages.withdraw.path}?order=${encodeURIComponent(order)}`,
  apiDocs: "/api/docs",
};

const REASONS = ["required", "expired", "password-changed"] as const;

/** The reason for a redirect to the login page, and the user that the page is kept for. Stored in `history.state`. */
export interface WayBackState {
  reason: (typeof REASONS)[number];
  stashedFor: string | null;
}

/** The page after login from the address, sanitised. */
export function nextOf(search: string): string {
  return safeNext(new URLSearchParams(search).get("next"), paths.home);
}

/** The pages that pass on the way back. */
type AccountPath = typeof paths.logIn | typeof paths.signUp | typeof paths.forgotPassword;

/** One of these pages with the way back to `next`. Home needs none, because it is the default. */
export function accountPath(page: AccountPath, next: string): string {
  const clean = safeNext(next, paths.home);
  return clean === paths.home ? page : `${page}?${new URLSearchParams({ next: withoutKey(clean) })}`;
}

/** An address without the fragment if that is a key (R23): an address is copied, and sent to the server. */
function withoutKey(address: string): string {
  return pageAt(address)?.isOpenedByKey ? address.replace(/#.*/s, "") : address;
}

/** Parses `history.state`, which may hold anything. */
export function wayBackStateOf(state: unknown): WayBackState | null {
  if (typeof state !== "object" || state === null) return null;
  const { reason: candidate, stashedFor } = state as Partial<Record<keyof WayBackState, unknown>>;
  const reason = REASONS.find((one) => one === candidate);
  if (reason === undefined) return null;
  return { reason, stashedFor: typeof stashedFor === "string" ? stashedFor : null };
}

/** The page after login of `userId`: the way back, unless the page was kept for another user (R33). */
export function destinationFor(userId: string, location: { search: string; state: unknown }): string {
  const stashedFor = wayBackStateOf(location.state)?.stashedFor ?? null;
  return stashedFor !== null && stashedFor !== userId ? paths.home : nextOf(location.search);
}
