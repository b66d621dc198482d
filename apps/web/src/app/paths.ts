import { safeNext } from "@yumroad/contract";
import { pageAt } from "./pages.ts";

/** The addresses of our pages. Nobody writes one by hand. */
export const paths = {
  home: "/",
  products: "/products",
  product: (slug: string) => `/p/${encodeURIComponent(slug)}`,
  store: (handle: string) => `/@${encodeURIComponent(handle)}`,
  logIn: "/login",
  signUp: "/signup",
  forgotPassword: "/forgot-password",
  resetPassword: "/reset-password",
  newProduct: "/products/new",
  dashboard: "/dashboard",
  ownProducts: "/dashboard/products",
  ownProduct: (slug: string) => `/dashboard/products/${encodeURIComponent(slug)}`,
  profile: "/settings/profile",
  security: "/settings/security",
  ownData: "/settings/data",
  outbox: "/outbox",
  outboxMail: (id: string) => `/outbox?mail=${encodeURIComponent(id)}`,
  apiDocs: "/api/docs",
} as const;

const REASONS = ["required", "expired", "password-changed"] as const;

/** Why somebody was sent to the log-in page, and for whom the page they tried is kept. Lives in `history.state`. */
export interface WayBackState {
  reason: (typeof REASONS)[number];
  stashedFor: string | null;
}

/** The page after log-in as the address says it, cleaned. */
export function nextOf(search: string): string {
  return safeNext(new URLSearchParams(search).get("next"), paths.home);
}

/** The pages that carry the way back along. */
type AccountPath = typeof paths.logIn | typeof paths.signUp | typeof paths.forgotPassword;

/** One of these with the way back to `next`. Home needs none: it is where everybody lands anyway. */
export function accountPath(page: AccountPath, next: string): string {
  const clean = safeNext(next, paths.home);
  return clean === paths.home ? page : `${page}?${new URLSearchParams({ next: withoutKey(clean) })}`;
}

/** A page without its fragment, where that is a key (R23): an address is copied, and sent to the server. */
function withoutKey(address: string): string {
  return pageAt(address)?.isOpenedByKey ? address.replace(/#.*$/s, "") : address;
}

/** Reads what `history.state` holds: anything may have been put there. */
export function wayBackStateOf(state: unknown): WayBackState | null {
  if (typeof state !== "object" || state === null) return null;
  const { reason: candidate, stashedFor } = state as Partial<Record<keyof WayBackState, unknown>>;
  const reason = REASONS.find((one) => one === candidate);
  if (reason === undefined) return null;
  return { reason, stashedFor: typeof stashedFor === "string" ? stashedFor : null };
}

/** Where to go once `userId` is logged in: back, unless the page was kept for somebody else (R33). */
export function destinationFor(userId: string, location: { search: string; state: unknown }): string {
  const stashedFor = wayBackStateOf(location.state)?.stashedFor ?? null;
  return stashedFor !== null && stashedFor !== userId ? paths.home : nextOf(location.search);
}
