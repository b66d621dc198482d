import type { StoreRef } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";

/** A file of a data export: one JSON value, or a stream of values that is read while the file is written. */
export type ExportedFile = object | AsyncIterable<unknown>;

/** The newest names of a list, and the total number of its items. */
export interface NamedThings {
  names: string[];
  total: number;
}

/**
 * A port of the identity module. Modules that depend on identity and keep data of accounts implement it; the app passes
 * the implementations in at startup. `closed`, `reopened`, `deleting` and `deleted` run inside the transaction of `em`:
 * if one throws, the change of the account is rolled back as well. The other methods only read.
 */
export interface AccountExtension {
  /** Returns the store that sessions and pages show beside the user's name; null: the user has no store. */
  describe(em: EntityManager, userId: string): Promise<StoreRef | null>;
  /**
   * Unpublishes the user's products. Called when the owner requests deletion, and when the reader of the account's
   * address reports that someone else created the account.
   */
  closed(em: EntityManager, userId: string, now: Date): Promise<void>;
  /** Republishes the products that `closed` unpublished. Called when the owner cancels the deletion. */
  reopened(em: EntityManager, userId: string): Promise<void>;
  /** Returns the earliest time at which the account may be deleted; null: at any time. */
  keptUntil(em: EntityManager, userId: string): Promise<Date | null>;
  /**
   * Called before the user's row is deleted, in the same transaction: moves what has to outlive the account. Returns true
   * if the user's store stays, closed and without their name.
   */
  deleting(em: EntityManager, userId: string, now: Date): Promise<boolean>;
  /** Called after the user's row, and the rows that the database deletes by cascade, were deleted. */
  deleted(em: EntityManager, userId: string): Promise<void>;
  /** Returns the files that a data export contains, by file name. */
  exported(em: EntityManager, userId: string): Promise<Record<string, ExportedFile>>;
  /**
   * Returns the names of the user's products, newest first and at most `limit`. Used in the mail about a password reset
   * that verified the address for the first time.
   */
  named(em: EntityManager, userId: string, limit: number): Promise<NamedThings>;
}

/** Joins several extensions into one that calls them in the given order. Each states only what it adds. */
export function joinExtensions(extensions: readonly Partial<AccountExtension>[]): AccountExtension {
  const each = async (call: (extension: Partial<AccountExtension>) => Promise<void> | undefined) => {
    for (const extension of extensions) await call(extension);
  };
  return {
    async keptUntil(em, userId) {
      let latest: Date | null = null;
      for (const extension of extensions) {
        const time = await extension.keptUntil?.(em, userId);
        if (time && (latest === null || time > latest)) latest = time;
      }
      return latest;
    },
    closed: (em, userId, now) => each((extension) => extension.closed?.(em, userId, now)),
    reopened: (em, userId) => each((extension) => extension.reopened?.(em, userId)),
    async deleting(em, userId, now) {
      const isStoreKept: unknown[] = [];
      for (const extension of extensions) isStoreKept.push(await extension.deleting?.(em, userId, now));
      return isStoreKept.includes(true);
    },
    deleted: (em, userId) => each((extension) => extension.deleted?.(em, userId)),
    async describe(em, userId) {
      for (const extension of extensions) {
        const store = await extension.describe?.(em, userId);
        if (store) return store;
      }
      return null;
    },
    async exported(em, userId) {
      const files: Record<string, ExportedFile> = {};
      for (const extension of extensions) Object.assign(files, await extension.exported?.(em, userId));
      return files;
    },
    async named(em, userId, limit) {
      const all: NamedThings = { names: [], total: 0 };
      for (const extension of extensions) {
        const found = await extension.named?.(em, userId, limit - all.names.length);
        all.names.push(...(found?.names ?? []));
        all.total += found?.total ?? 0;
      }
      return all;
    },
  };
}
