import type { User } from "@yumroad/contract";
import { AccountMenu } from "../identity/account/account-menu.tsx";
import { useMaySell } from "../shop/api.ts";
import { ownMenuWords as words } from "../words/own-menu.ts";
import { paths } from "./paths.ts";

/** The account menu in the header, with the pages that this user can open. */
export function OwnMenu({ user, onLogOut }: { user: User; onLogOut: () => void }) {
  const { store, isOperator } = user;
  const isSeller = useMaySell(user) !== false;
  return (
    <AccountMenu
      user={user}
      links={[
        { to: paths.dashboard, text: words.dashboard },
        ...(isSeller && store !== null ? [{ to: paths.store(store.handle), text: words.store }] : []),
        { to: paths.library, text: words.library },
        ...(isSeller
          ? [
              { to: paths.ownProducts, text: words.products },
              { to: paths.newProduct, text: words.add },
            ]
          : []),
        ...(isSeller || store !== null ? [{ to: paths.sales, text: words.sales }] : []),
        ...(isOperator
          ? [
              { to: paths.people, text: words.people },
              { to: paths.stores, text: words.stores },
              { to: paths.mailQueue, text: words.emails },
              { to: paths.payments, text: words.payments },
              { to: paths.shop, text: words.shop },
            ]
          : []),
        { to: paths.profile, text: words.settings },
      ]}
      onLogOut={onLogOut}
    />
  );
}
