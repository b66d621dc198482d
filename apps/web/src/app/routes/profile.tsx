import { useQuery } from "@tanstack/react-query";
import type { Account } from "@yumroad/contract";
import { Link } from "react-router-dom";
import { ChangeName } from "../../identity/account/change-name.tsx";
import { EmailSection } from "../../identity/email/email-section.tsx";
import { accountQuery } from "../../identity/users/api.ts";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite } from "../../shop/api.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import { InTheTray } from "./in-the-tray.tsx";
import classes from "./settings-page.module.css";
import { SettingsPage } from "./settings-page.tsx";

export function ProfilePage() {
  const account = useQuery(accountQuery);
  return (
    <SettingsPage title="Your profile">
      <Loaded result={account} what="Your profile">
        {(found) => <Profile account={found} />}
      </Loaded>
    </SettingsPage>
  );
}

function Profile({ account }: { account: Account }) {
  const { keeper, notices } = useApp();
  const session = useSession().data;
  // While the site's settings are unknown, everything is offered, and the server decides.
  const canSendMail = useSite().data?.canSendMail !== false;
  const { store } = account.user;
  return (
    <>
      {store !== null && (
        <p className={classes.lead}>
          Your store is at <Link to={paths.store(store.handle)}>@{store.handle}</Link>
        </p>
      )}
      <ChangeName
        account={account}
        onChanged={({ user }) => {
          if (session?.user) void keeper.goOn({ ...session, user });
          notices.show({ kind: "success", text: "Your name is saved" });
        }}
      />
      <EmailSection account={account} canSendMail={canSendMail} tray={<InTheTray />} />
    </>
  );
}
