import { OUTBOX_KEY_HEADER } from "@yumroad/contract";
import type { TestApp } from "./test-app.ts";

/**
 * The header that opens the mail tray of a local demo. The tray's page sends this header after a user has opened the
 * link that the server prints when it starts.
 */
export function trayKeyOf({ dependencies: { mailTray } }: TestApp): Record<string, string> {
  if (mailTray === null) throw new Error("This app has no mail tray: createTestApp({ isLocalDemo: true })");
  return { [OUTBOX_KEY_HEADER]: mailTray.key };
}
