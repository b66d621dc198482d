import type { EntityManager } from "../platform/db/database.ts";
import { readRows } from "../platform/db/read-rows.ts";

const MAIL_CONFIRMED_AT = "mail_confirmed_at";

/** True if the reader of a test mail has confirmed that the shop's mails arrive. */
export async function isMailConfirmed(em: EntityManager): Promise<boolean> {
  const rows = await readRows(em, "select value from settings where key = ?", [MAIL_CONFIRMED_AT]);
  return rows.length > 0;
}

/** Stores the time at which the shop's mails were last confirmed to arrive. */
export async function storeMailConfirmed(em: EntityManager, at: Date): Promise<void> {
  await em.execute(
    "insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
    [MAIL_CONFIRMED_AT, at.toISOString()],
  );
}
