import { DeleteAccount } from "../../identity/privacy/delete-account.tsx";
import { ExportData } from "../../identity/privacy/export-data.tsx";
import { formatMoment } from "../../platform/lib/format.ts";
import { useApp } from "../app-context.ts";
import { SettingsPage } from "./settings-page.tsx";

export function OwnDataPage() {
  const { keeper, notices } = useApp();

  async function leave(deletionAt: string) {
    await keeper.leave();
    notices.show({
      kind: "success",
      stays: true,
      text: `Your account will be deleted on ${formatMoment(deletionAt)}. Log in before then to keep it.`,
    });
  }

  return (
    <SettingsPage title="Your data">
      <ExportData onSaved={() => notices.show({ kind: "success", text: "Your data is downloaded" })} />
      <DeleteAccount
        onAsked={(deletionAt) => void leave(deletionAt)}
        onUndone={() => notices.show({ kind: "success", text: "Your account stays" })}
      />
    </SettingsPage>
  );
}
