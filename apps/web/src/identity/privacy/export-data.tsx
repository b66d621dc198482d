import { saveFile } from "../../platform/lib/save-file.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { ownDataWords } from "../../words/own-data.ts";
import { useExportData } from "./api.ts";

const words = ownDataWords.export;

/** Downloads all of the user's data (R65). */
export function ExportData({ onSaved }: { onSaved: () => void }) {
  const exportData = useExportData();
  function download() {
    exportData.mutate(undefined, {
      onSuccess({ content, name }) {
        saveFile(content, name);
        onSaved();
      },
    });
  }
  return (
    <Section title={words.title} hint={words.hint}>
      <div>
        <Button look="primary" isBusy={exportData.isPending} onClick={download}>
          {words.download}
        </Button>
      </div>
      <ActionProblem error={exportData.error} text={words.failed} />
    </Section>
  );
}
