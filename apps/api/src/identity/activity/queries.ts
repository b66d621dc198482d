import type { ActivityKind } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";

/** An event as a row of the database. */
export interface ListedActivity {
  id: string;
  kind: ActivityKind;
  at: Date;
  device: string;
  address: string;
}

/** Lists a user's events, newest first. Sorting by id sorts by time, since ids are UUIDs of version 7. */
export function listActivityOf(
  database: Database,
  userId: string,
  { afterId, limit }: PageWanted,
): Promise<ListedActivity[]> {
  const where = afterId === null ? "user_id = ?" : "user_id = ? and id < ?";
  return database.read<ListedActivity>(
    `select id, kind, at, device, address from activity where ${where} order by id desc limit ?`,
    [userId, ...(afterId === null ? [] : [afterId]), limit],
  );
}
