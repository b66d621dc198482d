import { saveFile } from "../../platform/lib/save-file.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { saleWords } from "../../words/sales.ts";
import { useExportSales } from "./api.ts";

const words = saleWords.page;

/** Downloads all sales as a table. */
export function ExportSales() {
  const exportSales = useExportSales();
  function download() {
    exportSales.mutate(undefined, { onSuccess: ({ content, name }) => saveFile(content, name) });
  }
  return (
    <div>
      <Button isBusy={exportSales.isPending} onClick={download}>
        {words.download}
      </Button>
      <ActionProblem error={exportSales.error} text={words.downloadFailed} />
    </div>
  );
}
