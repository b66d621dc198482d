import { DeleteAccount } from "../../identity/privacy/delete-account.tsx";
import { ExportData } from "../../identity/privacy/export-data.tsx";
import { formatMoment } from "../../platform/lib/format.ts";
import { ownDataWords as words } from "../../words/own-data.ts";
import { useApp } from "../app-context.ts";
import { SettingsPage } from "./settings-page.tsx";

export function OwnDataPage() {
  const { keeper, notices } = useApp();

  async function leave(deletionAt: string) {
    await keeper.leave();
    notices.show({
      kind: "success",
      stays: true,
      text: words.deletionAsked(formatMoment(deletionAt)),
    });
  }

  return (
    <SettingsPage title={words.title}>
      <ExportData onSaved={() => notices.show({ kind: "success", text: words.downloaded })} />
      <DeleteAccount
        onAsked={(deletionAt) => void leave(deletionAt)}
        onUndone={() => notices.show({ kind: "success", text: words.kept })}
      />
    </SettingsPage>
  );
}
