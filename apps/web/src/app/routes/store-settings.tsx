import { useQuery } from "@tanstack/react-query";
import { ownStoreQuery } from "../../catalog/stores/api.ts";
import { ChangePayments } from "../../catalog/stores/change-payments.tsx";
import { EditStore } from "../../catalog/stores/edit-store.tsx";
import { LinkButton } from "../../platform/ui/button.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { useSession } from "../../session/session-query.ts";
import { storeSettingsWords } from "../../words/store-settings.ts";
import { useApp } from "../app-context.ts";
import { paths } from "../paths.ts";
import classes from "./settings-page.module.css";
import { SettingsPage } from "./settings-page.tsx";

const words = storeSettingsWords.page;

export function StoreSettingsPage() {
  const hasStore = useSession().data?.user?.store != null;
  return <SettingsPage title={words.title}>{hasStore ? <StoreSettings /> : <NoStore />}</SettingsPage>;
}

function StoreSettings() {
  const own = useQuery(ownStoreQuery);
  const { keeper, notices } = useApp();
  const session = useSession().data;
  const user = session?.user;
  // The guard ensures a user; this narrows the type.
  if (!user) return null;
  return (
    <QueryBoundary result={own} what={words.what}>
      {(store) => (
        <>
          <EditStore
            user={user}
            store={store}
            onSaved={({ handle, name }) => {
              void keeper.goOn({ ...session, user: { ...user, store: { handle, name } } });
              notices.show({ kind: "success", text: words.saved });
            }}
          />
          <ChangePayments
            user={user}
            store={store}
            onSaved={() => notices.show({ kind: "success", text: words.paymentsSaved })}
          />
        </>
      )}
    </QueryBoundary>
  );
}

function NoStore() {
  return (
    <>
      <p className={classes.lead}>{words.noStore}</p>
      <div>
        <LinkButton to={paths.newProduct}>{words.addProduct}</LinkButton>
      </div>
    </>
  );
}
