import { ActivityList } from "../../features/accounts/activity/activity-list.tsx";
import { useSession } from "../../features/accounts/api.ts";
import { TwoFactor } from "../../features/accounts/factors/two-factor.tsx";
import { PasskeyList } from "../../features/accounts/passkeys/passkey-list.tsx";
import { ChangePassword } from "../../features/accounts/password/change-password.tsx";
import { SessionList } from "../../features/accounts/sessions/session-list.tsx";
import { useApp } from "../app-context.ts";
import { SettingsPage } from "./settings-page.tsx";

export function SecurityPage() {
  const { keeper, notices } = useApp();
  const user = useSession().data?.user;
  // The guard lets nobody through without one; this tells the compiler.
  if (!user) return null;
  const onDone = (text: string) => notices.show({ kind: "success", text });
  return (
    <SettingsPage title="Security">
      <ChangePassword
        user={user}
        onChanged={(session) => {
          void keeper.goOn(session);
          onDone("Your password is changed, and all your other sessions are over");
        }}
      />
      <TwoFactor onDone={onDone} />
      <PasskeyList onDone={onDone} />
      <SessionList />
      <ActivityList />
    </SettingsPage>
  );
}
