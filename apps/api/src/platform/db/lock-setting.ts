import type { EntityManager } from "./database.ts";

/**
 * Locks the row of a setting until the transaction of `em` ends. Creates the row, with an empty value, if there is none.
 * Concurrent callers with the same key run one after the other: each sees what the previous one has committed.
 */
export async function lockSetting(em: EntityManager, key: string): Promise<void> {
  await em.execute(
    "insert into settings (key, value) values (?, '') on conflict (key) do update set value = settings.value",
    [key],
  );
}
