import { OUTBOX_KEY_HEADER } from "@yumroad/contract";
import type { TestApp } from "./test-app.ts";

/**
 * The header that opens the mail tray of a local demo. Its page sends it after the link that is printed at the start
 * was opened.
 */
export function trayKeyOf({ dependencies: { mailTray } }: TestApp): Record<string, string> {
  if (mailTray === null) throw new Error("This app has no mail tray: createTestApp({ isLocalDemo: true })");
  return { [OUTBOX_KEY_HEADER]: mailTray.key };
}
