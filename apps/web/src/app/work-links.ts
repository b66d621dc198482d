import type { User } from "@yumroad/contract";
import type { LinkGroup } from "../platform/ui/side-page.tsx";
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

/** The pages of a logged-in user in groups, for the menu in the header and the navigation at the side. */
export function workLinks({ store, isOperator }: User, { maySell }: { maySell: boolean }): LinkGroup[] {
  const products = [
    { to: paths.ownProducts, text: words.products, Icon: ProductsIcon },
    { to: paths.newProduct, text: words.add, Icon: PlusIcon },
  ];
  const selling = [
    ...(maySell && store !== null ? [{ to: paths.store(store.handle), text: words.store, Icon: StoreIcon }] : []),
    ...(maySell ? products : []),
    // A former seller still has orders.
    ...(maySell || store !== null ? [{ to: paths.sales, text: words.sales, Icon: SalesIcon }] : []),
    ...(maySell ? [{ to: paths.discounts, text: words.discounts, Icon: DiscountsIcon }] : []),
  ];
  const admin = [
    { to: paths.people, text: words.people, Icon: PeopleIcon },
    { to: paths.stores, text: words.stores, Icon: StoresIcon },
    { to: paths.mailQueue, text: words.emails, Icon: MailIcon },
    { to: paths.payments, text: words.payments, Icon: PaymentsIcon },
    { to: paths.shop, text: words.shop, Icon: ShopIcon },
  ];
  const account = [
    { to: paths.library, text: words.library, Icon: LibraryIcon },
    { to: paths.profile, text: words.settings, Icon: SettingsIcon },
  ];
  return [
    { links: [{ to: paths.dashboard, text: words.dashboard, Icon: DashboardIcon, isExact: true }] },
    ...(selling.length > 0 ? [{ name: words.groups.selling, links: selling }] : []),
    ...(isOperator ? [{ name: words.groups.admin, links: admin }] : []),
    { name: words.groups.account, links: account },
  ];
}
