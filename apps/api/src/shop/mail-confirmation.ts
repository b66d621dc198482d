import type { EntityManager } from "../platform/db/database.ts";
import { readRows } from "../platform/db/read-rows.ts";
import type { Mailer } from "../platform/mail/mailer.ts";

type MailSettings = Pick<Mailer, "settingsId">;

const MAIL_CONFIRMED_AT = "mail_confirmed_at";

/**
 * Reads when the reader of a test mail last confirmed that the shop's mails arrive. Null: nobody has, or the mail server
 * or the sender has changed since.
 */
export async function readMailConfirmedAt(em: EntityManager, { settingsId }: MailSettings): Promise<Date | null> {
  const sql = "select value from settings where key = ?";
  const [row] = await readRows<{ value: string }>(em, sql, [MAIL_CONFIRMED_AT]);
  // A version before this one stored the time alone, which counts for the settings of today.
  const [at, confirmed = settingsId] = row?.value.split(" ") ?? [];
  return at !== undefined && confirmed === settingsId ? new Date(at) : null;
}

/** Stores the time at which the shop's mails were last confirmed to arrive, and the mail settings that this counts for. */
export async function storeMailConfirmed(em: EntityManager, { settingsId }: MailSettings, at: Date): Promise<void> {
  await em.execute(
    "insert into settings (key, value) values (?, ?) on conflict (key) do update set value = excluded.value",
    [MAIL_CONFIRMED_AT, `${at.toISOString()} ${settingsId}`],
  );
}
