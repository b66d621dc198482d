import { matchRoutes } from "react-router-dom";

/**
 * The access of a page. There is no default: a page without it does not compile.
 * - `all`: everybody
 * - `user`: logged-in users; others are redirected to the login page and back
 * - `seller`: logged-in users who may sell in this shop; customers read that they can’t
 * - `store`: the same, and owners of a store who may sell nothing more: its orders are still theirs to handle
 * - `operator`: operators; for other logged-in users there is no such page
 * - `anonymous`: visitors who are not logged in; others are redirected
 */
export type PageAccess = "all" | "user" | "seller" | "store" | "operator" | "anonymous";

/** True for a page that requires a logged-in user. */
export function needsLogIn({ access }: Pick<Page, "access">): boolean {
  return access !== "all" && access !== "anonymous";
}

export interface Page {
  path: string;
  /** Its addresses, where the router has no pattern for them. */
  address?: string;
  access: PageAccess;
  /** Its fragment is a key, which no way back may contain (R23). */
  isOpenedByKey?: true;
  /**
   * What the page shows to everybody: an address of the API, and the addresses of the page that it belongs to. The
   * document asks for it before the app has started (`platform/lib/first-answers.ts`).
   */
  data?: { at: string; address: string };
}

/**
 * All pages; their addresses in `paths.ts` derive from here. Only the loaders of their components stand apart, in
 * `router.tsx`, which does not compile without one for each: pages import addresses, and imports must not be a circle.
 */
export const pages = {
  home: { path: "/", access: "all", data: { at: "/", address: "/api/products" } },
  browse: { path: "/products", access: "all", data: { at: "/products", address: "/api/products" } },
  product: { path: "/p/:slug", access: "all", data: { at: "/p/:slug", address: "/api/products/:slug" } },
  checkout: { path: "/p/:slug/checkout", access: "all" },
  demoPay: { path: "/demo-pay/:session", access: "all" },
  download: { path: "/d/:token/:name", access: "all" },
  order: { path: "/orders/:ref", access: "all", isOpenedByKey: true },
  logIn: { path: "/login", access: "anonymous" },
  signUp: { path: "/signup", access: "anonymous" },
  forgotPassword: { path: "/forgot-password", access: "all" },
  resetPassword: { path: "/reset-password", access: "all" },
  verifyEmail: { path: "/verify-email", access: "all" },
  undoEmailChange: { path: "/undo-email-change", access: "all" },
  notMe: { path: "/not-me", access: "all" },
  unlock: { path: "/unlock", access: "all" },
  testEmail: { path: "/test-email", access: "all" },
  setup: { path: "/setup", access: "all", isOpenedByKey: true },
  newProduct: { path: "/products/new", access: "seller" },
  dashboard: { path: "/dashboard", access: "user" },
  ownProducts: { path: "/dashboard/products", access: "seller" },
  ownProduct: { path: "/dashboard/products/:slug", access: "seller" },
  sales: { path: "/sales", access: "store" },
  salesByCountry: { path: "/sales/countries", access: "store" },
  sale: { path: "/sales/:ref", access: "store" },
  discounts: { path: "/discounts", access: "seller" },
  library: { path: "/library", access: "user" },
  findPurchases: { path: "/find-purchases", access: "all", isOpenedByKey: true },
  withdraw: { path: "/withdraw", access: "all" },
  profile: { path: "/settings/profile", access: "user" },
  storeSettings: { path: "/settings/store", access: "seller" },
  security: { path: "/settings/security", access: "user" },
  ownData: { path: "/settings/data", access: "user" },
  stores: { path: "/operator/stores", access: "operator" },
  people: { path: "/operator/people", access: "operator" },
  mailQueue: { path: "/operator/mail", access: "operator" },
  payments: { path: "/operator/payments", access: "operator" },
  shop: { path: "/operator/shop", access: "operator" },
  outbox: { path: "/outbox", access: "all", isOpenedByKey: true },
  // The router has no pattern for "/@:handle"; a handle without "@" is not found.
  store: {
    path: "/:handle",
    address: "/@:handle",
    access: "all",
    data: { at: "/@:handle", address: "/api/stores/:handle" },
  },
  notFound: { path: "*", access: "all" },
} as const satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

const table: readonly Page[] = Object.values(pages);

/** The page of an address on this site. */
export function pageAt(address: string): Page | null {
  const { pathname } = new URL(address, window.location.origin);
  const match = matchRoutes(
    table.map(({ path }) => ({ path })),
    pathname,
  )?.at(0);
  return table.find(({ path }) => path === match?.route.path) ?? null;
}
