import { saveFile } from "../../platform/lib/save-file.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { useExportData } from "./api.ts";

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
    <Section
      title="Take it with you"
      hint="Your account, your store, your products and what has happened here: one ZIP file, with JSON in it that other programs can read."
    >
      <div>
        <Button look="primary" isBusy={exportData.isPending} onClick={download}>
          Download everything
        </Button>
      </div>
      <ActionProblem error={exportData.error} text="It could not be downloaded" />
    </Section>
  );
}
