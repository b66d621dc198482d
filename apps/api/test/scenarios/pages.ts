import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";

/** The folder that a started server serves, whatever it is told. */
const BUILT_PAGES = join(import.meta.dirname, "../../../web/dist");

/** Whether a started server has pages: they are built by `pnpm build`, and not for `npm test` alone. */
export function hasBuiltPages(): boolean {
  return existsSync(join(BUILT_PAGES, "index.html"));
}

/** A page of the simplest kind, for an app in process whose real ones are not built. */
export function standInPages(): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder();
  const html = `<!doctype html><title>Yumroad</title><script nonce="__CSP_NONCE__">document.title += "!"</script>`;
  writeFileSync(join(folder.path, "index.html"), html);
  return folder;
}
