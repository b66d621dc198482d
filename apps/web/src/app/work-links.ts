import type { User } from "@yumroad/contract";
import type { SideLink } from "../platform/ui/side-page.tsx";
import {
  DashboardIcon,
  LibraryIcon,
  MailIcon,
  PaymentsIcon,
  PeopleIcon,
  PlusIcon,
  ProductsIcon,
  SalesIcon,
  SettingsIcon,
  ShopIcon,
  StoreIcon,
} from "../platform/ui/work-icons.tsx";
import { paths } from "./paths.ts";

/** The pages of a logged-in user, for the menu in the header and the navigation at the side. */
export function workLinks({ store, isOperator }: User, { maySell }: { maySell: boolean }): SideLink[] {
  return [
    { to: paths.dashboard, text: "Dashboard", Icon: DashboardIcon, isExact: true },
    ...(store === null ? [] : [{ to: paths.store(store.handle), text: "Your store", Icon: StoreIcon }]),
    { to: paths.library, text: "Library", Icon: LibraryIcon },
    ...(maySell
      ? [
          { to: paths.ownProducts, text: "Your products", Icon: ProductsIcon },
          { to: paths.newProduct, text: "New product", Icon: PlusIcon },
          { to: paths.sales, text: "Sales", Icon: SalesIcon },
        ]
      : []),
    ...(isOperator
      ? [
          { to: paths.people, text: "People", Icon: PeopleIcon, isApart: true },
          { to: paths.stores, text: "Stores", Icon: StoreIcon },
          { to: paths.mailQueue, text: "Emails", Icon: MailIcon },
          { to: paths.payments, text: "Payments", Icon: PaymentsIcon },
          { to: paths.shop, text: "Shop settings", Icon: ShopIcon },
        ]
      : []),
    { to: paths.profile, text: "Settings", Icon: SettingsIcon, isApart: true },
  ];
}
