import type { User } from "@yumroad/contract";
import type { SideLink } from "../platform/ui/side-page.tsx";
import {
  DashboardIcon,
  DiscountsIcon,
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
  StoresIcon,
} from "../platform/ui/work-icons.tsx";
import { workPageWords as words } from "../words/work-pages.ts";
import { paths } from "./paths.ts";

/** The pages of a logged-in user, for the menu in the header and the navigation at the side. */
export function workLinks({ store, isOperator }: User, { maySell }: { maySell: boolean }): SideLink[] {
  return [
    { to: paths.dashboard, text: words.dashboard, Icon: DashboardIcon, isExact: true },
    ...(maySell && store !== null ? [{ to: paths.store(store.handle), text: words.store, Icon: StoreIcon }] : []),
    { to: paths.library, text: words.library, Icon: LibraryIcon },
    ...(maySell
      ? [
          { to: paths.ownProducts, text: words.products, Icon: ProductsIcon },
          { to: paths.newProduct, text: words.add, Icon: PlusIcon },
        ]
      : []),
    // A former seller still has orders.
    ...(maySell || store !== null ? [{ to: paths.sales, text: words.sales, Icon: SalesIcon }] : []),
    ...(maySell ? [{ to: paths.discounts, text: words.discounts, Icon: DiscountsIcon }] : []),
    ...(isOperator
      ? [
          { to: paths.people, text: words.people, Icon: PeopleIcon, isApart: true },
          { to: paths.stores, text: words.stores, Icon: StoresIcon },
          { to: paths.mailQueue, text: words.emails, Icon: MailIcon },
          { to: paths.payments, text: words.payments, Icon: PaymentsIcon },
          { to: paths.shop, text: words.shop, Icon: ShopIcon },
        ]
      : []),
    { to: paths.profile, text: words.settings, Icon: SettingsIcon, isApart: true },
  ];
}
