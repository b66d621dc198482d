import { matchRoutes } from "react-router-dom";

/**
 * The access of a page. There is no default: a page without it does not compile.
 * - `all`: everybody
 * - `user`: logged-in users; others are redirected to the login page and back
 * - `seller`: logged-in users who may sell in this shop; customers read that they can’t
 * - `operator`: operators; for other logged-in users there is no such page
 * - `anonymous`: visitors who are not logged in; others are redirected
 */
export type PageAccess = "all" | "user" | "seller" | "operator" | "anonymous";

/** True for a page that requires a logged-in user. */
export function needsLogIn({ access }: Pick<Page, "access">): boolean {
  return access === "user" || access === "seller" || access === "operator";
}

export interface Page {
  path: string;
  /** Its addresses, where the router has no pattern for them. */
  address?: string;
  access: PageAccess;
  /** The page's name in "You’ll go back to …". */
  name: string | null;
  /** Its fragment is a key, which no way back may contain (R23). */
  isOpenedByKey?: true;
}

/**
 * All pages; their addresses in `paths.ts` derive from here. Only the loaders of their components stand apart, in
 * `router.tsx`, which does not compile without one for each: pages import addresses, and imports must not be a circle.
 */
export const pages = {
  home: { path: "/", access: "all", name: null },
  browse: { path: "/products", access: "all", name: null },
  product: { path: "/p/:slug", access: "all", name: null },
  checkout: { path: "/p/:slug/checkout", access: "all", name: "Checkout" },
  demoPay: { path: "/demo-pay/:session", access: "all", name: null },
  order: { path: "/orders/:ref", access: "all", name: "Your order", isOpenedByKey: true },
  logIn: { path: "/login", access: "anonymous", name: null },
  signUp: { path: "/signup", access: "anonymous", name: null },
  forgotPassword: { path: "/forgot-password", access: "all", name: null },
  resetPassword: { path: "/reset-password", access: "all", name: null },
  verifyEmail: { path: "/verify-email", access: "all", name: null },
  undoEmailChange: { path: "/undo-email-change", access: "all", name: null },
  notMe: { path: "/not-me", access: "all", name: null },
  unlock: { path: "/unlock", access: "all", name: null },
  testEmail: { path: "/test-email", access: "all", name: null },
  setup: { path: "/setup", access: "all", name: null, isOpenedByKey: true },
  newProduct: { path: "/products/new", access: "seller", name: "New product" },
  dashboard: { path: "/dashboard", access: "user", name: "Dashboard" },
  ownProducts: { path: "/dashboard/products", access: "seller", name: "Your products" },
  ownProduct: { path: "/dashboard/products/:slug", access: "seller", name: "Edit product" },
  sales: { path: "/sales", access: "seller", name: "Sales" },
  sale: { path: "/sales/:ref", access: "seller", name: "Sale" },
  library: { path: "/library", access: "user", name: "Library" },
  findPurchases: { path: "/find-purchases", access: "all", name: null, isOpenedByKey: true },
  profile: { path: "/settings/profile", access: "user", name: "Your profile" },
  storeSettings: { path: "/settings/store", access: "seller", name: "Your store" },
  security: { path: "/settings/security", access: "user", name: "Security" },
  ownData: { path: "/settings/data", access: "user", name: "Your data" },
  stores: { path: "/operator/stores", access: "operator", name: "Stores" },
  people: { path: "/operator/people", access: "operator", name: "People" },
  mailQueue: { path: "/operator/mail", access: "operator", name: "Emails" },
  payments: { path: "/operator/payments", access: "operator", name: "Payments" },
  shop: { path: "/operator/shop", access: "operator", name: "Shop settings" },
  outbox: { path: "/outbox", access: "all", name: null, isOpenedByKey: true },
  // The router has no pattern for "/@:handle"; a handle without "@" is not found.
  store: { path: "/:handle", address: "/@:handle", access: "all", name: null },
  notFound: { path: "*", access: "all", name: null },
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
