import type { User } from "@yumroad/contract";
import { AccountMenu } from "../identity/account/account-menu.tsx";
import { useMaySell } from "../shop/api.ts";
import { paths } from "./paths.ts";

/** The account menu in the header, with the pages that this user can open. */
export function OwnMenu({ user, onLogOut }: { user: User; onLogOut: () => void }) {
  const { store, isOperator } = user;
  const isCustomer = useMaySell(user) === false;
  return (
    <AccountMenu
      user={user}
      links={[
        { to: paths.dashboard, text: "Dashboard" },
        ...(store === null ? [] : [{ to: paths.store(store.handle), text: "Your store" }]),
        { to: paths.library, text: "Library" },
        ...(isCustomer
          ? []
          : [
              { to: paths.ownProducts, text: "Your products" },
              { to: paths.newProduct, text: "New product" },
              { to: paths.sales, text: "Sales" },
            ]),
        ...(isOperator
          ? [
              { to: paths.people, text: "People" },
              { to: paths.stores, text: "Stores" },
              { to: paths.mailQueue, text: "Emails" },
              { to: paths.payments, text: "Payments" },
              { to: paths.shop, text: "Shop settings" },
            ]
          : []),
        { to: paths.profile, text: "Settings" },
      ]}
      onLogOut={onLogOut}
    />
  );
}
