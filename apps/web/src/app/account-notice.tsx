import { lazy, Suspense } from "react";
import { useLocation } from "react-router-dom";
import { useSession } from "../features/accounts/api.ts";
import { useSite } from "../features/site/api.ts";
import { useApp } from "./app-context.ts";
import { paths } from "./paths.ts";

// If it can't be loaded, the page is as good without.
const AccountBanner = lazy(() =>
  import("../features/accounts/account-banner.tsx").then(
    (module) => ({ default: module.AccountBanner }),
    () => ({ default: () => null }),
  ),
);

/** A word about one's own account, on top of every page, for who is logged in. */
export function AccountNotice({ onGone }: { onGone: () => void }) {
  const { notices } = useApp();
  const { pathname } = useLocation();
  const user = useSession().data?.user;
  // Where no mail is sent there is none to be confirmed with.
  const canVerify = useSite().data?.canSendMail !== false;
  if (!user) return null;
  return (
    <Suspense>
      <AccountBanner
        key={user.id}
        user={user}
        isLeftOut={{
          verification: !canVerify || pathname === paths.profile,
          deletion: pathname === paths.ownData,
        }}
        onKept={() => {
          notices.show({ kind: "success", text: "Your account stays" });
          onGone();
        }}
        onGone={onGone}
      />
    </Suspense>
  );
}
