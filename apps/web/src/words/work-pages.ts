import { catalogue } from "./catalogue.ts";

export const workPageWords = catalogue({
  label: "Your pages",
  groups: { selling: "Selling", admin: "Admin", account: "Account" },
  dashboard: "Dashboard",
  store: "Your store",
  library: "Library",
  products: "Your products",
  add: "Add a product",
  sales: "Sales",
  discounts: "Discount codes",
  people: "People",
  stores: "Stores",
  emails: "Emails",
  payments: "Payments",
  shop: "Shop settings",
  settings: "Settings",
});
