import type { Dependencies } from "../../dependencies.ts";
import { deleteOldActivity } from "../../identity/activity/delete-old-activity.ts";
import { deleteDueAccounts } from "../../identity/privacy/delete-due-accounts.ts";
import { deleteOldTokens } from "../../identity/tokens/delete-old-tokens.ts";
import { deleteOldMails } from "../mail/delete-old-mails.ts";

type Parts = Pick<Dependencies, "database" | "sessionStore" | "clock" | "limits" | "logger" | "mailer">;

/**
 * Makes the function that clears up behind the server: what is over, and what was only to be kept for a while, all by
 * the clock. A chore that fails is logged and keeps no other from its turn; the next time it has another try.
 */
export function createSweep(parts: Parts): () => Promise<void> {
  const { database, sessionStore, clock, limits, logger } = parts;
  const ago = (length: number) => new Date(clock.now() - length);
  const chores: [string, () => Promise<unknown>][] = [
    ["old sessions", () => sessionStore.sweep()],
    ["old mails", () => deleteOldMails(database.fork(), ago(limits.mailKept))],
    ["old links", () => deleteOldTokens(database.fork(), ago(limits.mailedTokenKept))],
    ["old activity", () => deleteOldActivity(database.fork(), ago(limits.activityKept))],
    ["accounts to be deleted", () => deleteDueAccounts(parts)],
  ];

  return async function sweep() {
    for (const [what, chore] of chores) {
      await chore().catch((error: Error) => logger.warn({ error: error.message }, `could not sweep ${what}`));
    }
  };
}
