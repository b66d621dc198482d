import { useQuery } from "@tanstack/react-query";
import type { Account } from "@yumroad/contract";
import { ErrorState, Loading } from "../../components/states.tsx";
import { accountQuery, useSession } from "../../features/accounts/api.ts";
import { ChangeName } from "../../features/accounts/profile/change-name.tsx";
import { useApp } from "../app-context.ts";
import { SettingsPage } from "./settings-page.tsx";

export function ProfilePage() {
  const account = useQuery(accountQuery);
  return (
    <SettingsPage title="Your profile">
      {account.data !== undefined ? (
        <Profile account={account.data} />
      ) : account.isError && !account.isRefetching ? (
        <ErrorState
          error={account.error}
          text="Your profile could not be loaded"
          onRetry={() => void account.refetch()}
        />
      ) : (
        <Loading label="Loading your profile" />
      )}
    </SettingsPage>
  );
}

function Profile({ account }: { account: Account }) {
  const { keeper, notices } = useApp();
  const session = useSession().data;
  return (
    <ChangeName
      account={account}
      onChanged={({ user }) => {
        if (session?.user) void keeper.goOn({ ...session, user });
        notices.show({ kind: "success", text: "Your name is saved" });
      }}
    />
  );
}
