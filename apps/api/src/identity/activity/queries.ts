import type { ActivityKind } from "@yumroad/contract";
import type { Database } from "../../platform/db/database.ts";
import type { PageWanted } from "../../platform/http/paging.ts";

/** An event as one plain row. */
export interface ListedActivity {
  id: string;
  kind: ActivityKind;
  at: Date;
  device: string;
  address: string;
}

/** Events of a user's account, newest first: ids are in the order of events. */
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
