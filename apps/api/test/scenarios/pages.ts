import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../temporary-folder.ts";

/** The folder that a started server always serves. */
const BUILT_PAGES = join(import.meta.dirname, "../../../web/dist");

/** True if a started server has pages: `pnpm build` builds them, `npm test` alone does not. */
export function hasBuiltPages(): boolean {
  return existsSync(join(BUILT_PAGES, "index.html"));
}

/** A minimal page, for an app in process whose pages are not built. */
export function standInPages(): ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder();
  const html = `<!doctype html><title>Yumroad</title><script nonce="__CSP_NONCE__">document.title += "!"</script>`;
  writeFileSync(join(folder.path, "index.html"), html);
  return folder;
}
