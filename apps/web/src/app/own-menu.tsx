import type { User } from "@yumroad/contract";
import { AccountMenu } from "../identity/account/account-menu.tsx";
import { useMaySell } from "../shop/api.ts";
import { workLinks } from "./work-links.ts";

/** The account menu in the header, with the pages that this user can open. */
export function OwnMenu({ user, onLogOut }: { user: User; onLogOut: () => void }) {
  const groups = workLinks(user, { maySell: useMaySell(user) !== false });
  return <AccountMenu user={user} groups={groups} onLogOut={onLogOut} />;
}
