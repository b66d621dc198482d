import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { User } from "@yumroad/contract";
import { useState } from "react";
import { ActivityList } from "../../identity/activity/activity-list.tsx";
import { activityQuery } from "../../identity/activity/api.ts";
import { passkeysQuery } from "../../identity/passkeys/api.ts";
import { PasskeyList } from "../../identity/passkeys/passkey-list.tsx";
import { ChangePassword } from "../../identity/password/change-password.tsx";
import { sessionsQuery } from "../../identity/sessions/api.ts";
import { SessionList } from "../../identity/sessions/session-list.tsx";
import { factorsQuery } from "../../identity/two-factor/api.ts";
import { TwoFactor } from "../../identity/two-factor/two-factor.tsx";
import { accountQuery } from "../../identity/users/api.ts";
import { useDelayed } from "../../platform/lib/delayed.ts";
import { Loading } from "../../platform/ui/states.tsx";
import { useSession } from "../../session/session-query.ts";
import { useSite } from "../../shop/api.ts";
import { settingsWords } from "../../words/settings.ts";
import { useApp } from "../app-context.ts";
import { SettingsPage } from "./settings-page.tsx";

const words = settingsWords.security;

const WAITS_MS = 1500;

export function SecurityPage() {
  const user = useSession().data?.user;
  // The sections appear together, so that nothing jumps. But no section is waited for endlessly, and once shown they
  // stay, whatever is refetched.
  const isPending = useIsAnyPending();
  const isSlow = useDelayed(isPending, WAITS_MS);
  const [isShown, setShown] = useState(false);
  if (!isShown && (!isPending || isSlow)) setShown(true);
  // The guard ensures a user; this narrows the type.
  if (!user) return null;
  return (
    <SettingsPage title={words.title}>
      {isShown ? <Security user={user} /> : <Loading label={words.loading} />}
    </SettingsPage>
  );
}

/** True while one of the lists has neither loaded nor failed. */
function useIsAnyPending(): boolean {
  const account = useQuery(accountQuery);
  const site = useSite();
  const factors = useQuery(factorsQuery);
  const passkeys = useQuery(passkeysQuery);
  const sessions = useQuery(sessionsQuery);
  const activity = useInfiniteQuery(activityQuery);
  return [account, site, factors, passkeys, sessions, activity].some((result) => result.isPending);
}

function Security({ user }: { user: User }) {
  const { data: account } = useQuery(accountQuery);
  const { data: site } = useSite();
  // Other login methods require a verified address first, if the shop can verify one (R63).
  const toConfirm = account?.isEmailVerified === false && site?.canSendMail ? account.user.email : null;
  const { keeper, notices } = useApp();
  const onDone = (text: string) => notices.show({ kind: "success", text });
  return (
    <>
      <ChangePassword
        user={user}
        onChanged={(session) => {
          void keeper.goOn(session);
          onDone(words.passwordChanged);
        }}
      />
      <TwoFactor toConfirm={toConfirm} onDone={onDone} />
      <PasskeyList toConfirm={toConfirm} onDone={onDone} />
      <SessionList onDone={onDone} />
      <ActivityList />
    </>
  );
}
