import { useQuery } from "@tanstack/react-query";
import { ownStoreQuery } from "../../catalog/stores/api.ts";
import { ChangePayments } from "../../catalog/stores/change-payments.tsx";
import { EditStore } from "../../catalog/stores/edit-store.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { useSession } from "../../session/session-query.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import classes from "./settings-page.module.css";
import { SettingsPage } from "./settings-page.tsx";

export function StoreSettingsPage() {
  const hasStore = useSession().data?.user?.store != null;
  return <SettingsPage title="Your store">{hasStore ? <StoreSettings /> : <NoStore />}</SettingsPage>;
}

function StoreSettings() {
  const own = useQuery(ownStoreQuery);
  const { keeper, notices } = useApp();
  const session = useSession().data;
  const user = session?.user;
  // The guard ensures a user; this narrows the type.
  if (!user) return null;
  return (
    <Loaded result={own} what="Your store">
      {(store) => (
        <>
          <EditStore
            user={user}
            store={store}
            onSaved={({ handle, name }) => {
              void keeper.goOn({ ...session, user: { ...user, store: { handle, name } } });
              notices.show({ kind: "success", text: "Your store is saved" });
            }}
          />
          <ChangePayments
            user={user}
            store={store}
            onSaved={() => notices.show({ kind: "success", text: "Your payment instructions are saved" })}
          />
        </>
      )}
    </Loaded>
  );
}

function NoStore() {
  return (
    <>
      <p className={classes.lead}>Your store opens with your first product.</p>
      <div>
        <LinkButton to={paths.newProduct}>Add a product</LinkButton>
      </div>
    </>
  );
}
