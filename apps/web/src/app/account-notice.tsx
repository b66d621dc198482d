import { lazy, Suspense, useEffect } from "react";
import { useLocation } from "react-router-dom";
import { BannerRoom, forgetBannerRoom } from "../identity/account/banner-room.tsx";
import { useSession } from "../session/session-query.ts";
import { useSite } from "../shop/api.ts";
import { appWords } from "../words/app.ts";
import { useApp } from "./app-context.ts";
import { paths } from "./paths.ts";

// The page works without the banner, if it can't be loaded.
const AccountBanner = lazy(() =>
  import("../identity/account/account-banner.tsx").then(
    (module) => ({ default: module.AccountBanner }),
    () => ({ default: () => null }),
  ),
);

/** A notice about the user's account, at the top of every page. */
export function AccountNotice({ onGone }: { onGone: () => void }) {
  const { notices } = useApp();
  const { pathname } = useLocation();
  const session = useSession();
  const user = session.data?.user;
  // A shop without mail can't verify addresses.
  const canVerify = useSite().data?.canSendMail !== false;
  const isNobody = user === null;
  useEffect(() => {
    if (isNobody) forgetBannerRoom();
  }, [isNobody]);
  const isLeftOut = {
    verification: !canVerify || pathname === paths.profile,
    deletion: pathname === paths.ownData,
  };
  if (session.isPending) return <BannerRoom isLeftOut={isLeftOut} />;
  if (!user) return null;
  return (
    <Suspense fallback={<BannerRoom isLeftOut={isLeftOut} />}>
      <AccountBanner
        key={user.id}
        user={user}
        isLeftOut={isLeftOut}
        onKept={() => {
          notices.show({ kind: "success", text: appWords.notices.accountKept });
          onGone();
        }}
        onGone={onGone}
      />
    </Suspense>
  );
}
