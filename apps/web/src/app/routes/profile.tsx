import { useQuery } from "@tanstack/react-query";
import type { Account } from "@yumroad/contract";
import { ChangeName } from "../../identity/account/change-name.tsx";
import { EmailSection } from "../../identity/email/email-section.tsx";
import { accountQuery } from "../../identity/users/api.ts";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { useSession } from "../../session/session-query.ts";
import { useMaySell, useSite } from "../../shop/api.ts";
import { settingsWords } from "../../words/settings.ts";
import { useApp } from "../app-context.ts";
import { InTheTray } from "./in-the-tray.tsx";
import classes from "./settings-page.module.css";
import { SettingsPage } from "./settings-page.tsx";
import { StoreAt } from "./store-at.tsx";

const words = settingsWords.profile;

export function ProfilePage() {
  const account = useQuery(accountQuery);
  return (
    <SettingsPage title={words.title}>
      <QueryBoundary result={account} what={words.what}>
        {(found) => <Profile account={found} />}
      </QueryBoundary>
    </SettingsPage>
  );
}

function Profile({ account }: { account: Account }) {
  const { keeper, notices } = useApp();
  const session = useSession().data;
  // While the site's settings are unknown, everything is offered, and the server decides.
  const canSendMail = useSite().data?.canSendMail !== false;
  const { store } = account.user;
  // The store of somebody who may not sell here is closed, and has no page.
  const hasPage = useMaySell(account.user) !== false;
  return (
    <>
      {hasPage && store !== null && (
        <p className={classes.lead}>
          <StoreAt handle={store.handle} />
        </p>
      )}
      <ChangeName
        account={account}
        onChanged={({ user }) => {
          if (session?.user) void keeper.goOn({ ...session, user });
          notices.show({ kind: "success", text: words.nameSaved });
        }}
      />
      <EmailSection account={account} canSendMail={canSendMail} tray={<InTheTray />} />
    </>
  );
}
