import type { ComponentType } from "react";
import { createBrowserRouter, type RouteObject } from "react-router-dom";
import { Loading } from "../platform/ui/states.tsx";
import { appWords } from "../words/app.ts";
import { RedirectWithLoader, RequireAnonymous, RequireUser } from "./guards.tsx";
import { type PageAccess, type PageName, pages } from "./pages.ts";
import { paths } from "./paths.ts";
import { BrokenPage } from "./routes/broken.tsx";
import { ErrorPage } from "./routes/error.tsx";
import { Shell } from "./shell.tsx";

// Pages are loaded on navigation.
const load: Record<PageName, () => Promise<ComponentType>> = {
  home: async () => (await import("./routes/home.tsx")).HomePage,
  browse: async () => (await import("./routes/browse.tsx")).BrowsePage,
  product: async () => (await import("./routes/product.tsx")).ProductPage,
  checkout: async () => (await import("./routes/checkout.tsx")).CheckoutPage,
  demoPay: async () => (await import("./routes/demo-pay.tsx")).DemoPayPage,
  download: async () => (await import("./routes/download.tsx")).DownloadPage,
  order: async () => (await import("./routes/order.tsx")).OrderPage,
  logIn: async () => (await import("./routes/log-in.tsx")).LogInPage,
  signUp: async () => (await import("./routes/sign-up.tsx")).SignUpPage,
  forgotPassword: async () => (await import("./routes/forgot-password.tsx")).ForgotPasswordPage,
  resetPassword: async () => (await import("./routes/reset-password.tsx")).ResetPasswordPage,
  verifyEmail: async () => (await import("./routes/verify-email.tsx")).VerifyEmailPage,
  undoEmailChange: async () => (await import("./routes/undo-email-change.tsx")).UndoEmailChangePage,
  notMe: async () => (await import("./routes/not-me.tsx")).NotMePage,
  unlock: async () => (await import("./routes/unlock.tsx")).UnlockPage,
  testEmail: async () => (await import("./routes/test-email.tsx")).TestEmailPage,
  setup: async () => (await import("./routes/setup.tsx")).SetupPage,
  newProduct: async () => (await import("./routes/new-product.tsx")).NewProductPage,
  dashboard: async () => (await import("./routes/dashboard.tsx")).DashboardPage,
  ownProducts: async () => (await import("./routes/own-products.tsx")).OwnProductsPage,
  ownProduct: async () => (await import("./routes/edit-product.tsx")).EditProductPage,
  sales: async () => (await import("./routes/sales.tsx")).SalesPage,
  salesByCountry: async () => (await import("./routes/sales-by-country.tsx")).SalesByCountryPage,
  sale: async () => (await import("./routes/sale.tsx")).SalePage,
  discounts: async () => (await import("./routes/discounts.tsx")).DiscountsPage,
  library: async () => (await import("./routes/library.tsx")).LibraryPage,
  findPurchases: async () => (await import("./routes/find-purchases.tsx")).FindPurchasesPage,
  withdraw: async () => (await import("./routes/withdraw.tsx")).WithdrawPage,
  profile: async () => (await import("./routes/profile.tsx")).ProfilePage,
  security: async () => (await import("./routes/security.tsx")).SecurityPage,
  ownData: async () => (await import("./routes/own-data.tsx")).OwnDataPage,
  storeSettings: async () => (await import("./routes/store-settings.tsx")).StoreSettingsPage,
  stores: async () => (await import("./routes/stores.tsx")).StoresPage,
  people: async () => (await import("./routes/people.tsx")).PeoplePage,
  mailQueue: async () => (await import("./routes/mail-queue.tsx")).MailQueuePage,
  payments: async () => (await import("./routes/payments.tsx")).PaymentsPage,
  shop: async () => (await import("./routes/shop-settings.tsx")).ShopSettingsPage,
  outbox: async () => (await import("./routes/outbox.tsx")).OutboxPage,
  store: async () => (await import("./routes/store.tsx")).StorePage,
  notFound: async () => (await import("./routes/not-found.tsx")).NotFoundPage,
};

type Guard = Pick<RouteObject, "Component" | "lazy">;

const requireUser: Guard = { Component: RequireUser };

/** The guards around a page, from the outermost on. Those that few visitors need are loaded with the page. */
const guards: Record<PageAccess, Guard[]> = {
  all: [],
  user: [requireUser],
  seller: [requireUser, { lazy: async () => ({ Component: (await import("./require-seller.tsx")).RequireSeller }) }],
  store: [
    requireUser,
    { lazy: async () => ({ Component: (await import("./require-seller.tsx")).RequireSellerOrStore }) },
  ],
  operator: [
    requireUser,
    { lazy: async () => ({ Component: (await import("./require-operator.tsx")).RequireOperator }) },
  ],
  anonymous: [{ Component: RequireAnonymous }],
};

function toRoute(name: PageName): RouteObject {
  const { path, access } = pages[name];
  const page: RouteObject = { path, lazy: async () => ({ Component: await load[name]() }) };
  return guards[access].reduceRight<RouteObject>((child, guard) => ({ ...guard, children: [child] }), page);
}

const names = Object.keys(pages) as PageName[];

/** A short address that redirects to the first settings page. */
const settings: RouteObject = { path: "/settings", element: <RedirectWithLoader to={paths.profile} /> };

/** The components in all their states, while the product is developed: a build leaves it out. */
const gallery: RouteObject[] = import.meta.env.DEV
  ? [{ path: "/dev/gallery", lazy: async () => ({ Component: (await import("../../dev/gallery.tsx")).Gallery }) }]
  : [];

export function createRouter() {
  return createBrowserRouter([
    ...gallery,
    {
      Component: Shell,
      ErrorBoundary: ErrorPage,
      HydrateFallback: () => <Loading label={appWords.loading} />,
      // A failing page does not take the frame down.
      children: [{ ErrorBoundary: BrokenPage, children: [...names.map(toRoute), settings] }],
    },
  ]);
}
