import { catalogue } from "./catalogue.ts";

export const accountPageWords = catalogue({
  needed: "Log in to continue",
  passwordChanged: "Your password is changed. Log in with the new one.",
  ended: "You’ve been logged out. Log in to continue.",
  back: (page: string) => `Then we’ll take you back to “${page}”`,
  next: (page: string) => `Next: ${page}`,
  nextIsProduct: "Next: add your product",
  /** By their names in the page table. */
  pageNames: {
    checkout: "Checkout",
    order: "Your order",
    newProduct: "Add a product",
    dashboard: "Dashboard",
    ownProducts: "Your products",
    ownProduct: "Edit product",
    sales: "Sales",
    sale: "Order",
    library: "Library",
    profile: "Your profile",
    storeSettings: "Your store",
    security: "Security",
    ownData: "Your data",
    stores: "Stores",
    people: "People",
    mailQueue: "Emails",
    payments: "Payments",
    shop: "Shop settings",
  },
});
