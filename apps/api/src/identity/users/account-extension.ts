import type { StoreRef } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";

/** A file of a data export: one object, or many that are read while they are written. */
export type ExportedFile = object | AsyncIterable<unknown>;

/** The newest names of things, and their total number. */
export interface NamedThings {
  names: string[];
  total: number;
}

/**
 * A port: the rooms above identity keep things that belong to an account, and each gives one of these at assembly.
 * `created`, `closed`, `reopened` and `deleted` are awaited inside the transaction of `em`, so that a throw rolls the
 * account's own change back as well; the others only read. It is no event bus: the order is the list's.
 */
export interface AccountExtension {
  /** A user was inserted. */
  created(em: EntityManager, user: { id: string; name: string }, now: Date): Promise<void>;
  /** The store that the session and the pages show beside the user's name; null for none. */
  describe(em: EntityManager, userId: string): Promise<StoreRef | null>;
  /** The owner has asked for deletion, or another person had created the account: unpublishes the products. */
  closed(em: EntityManager, userId: string, now: Date): Promise<void>;
  /** The deletion was cancelled: republishes what `closed` has unpublished. */
  reopened(em: EntityManager, userId: string): Promise<void>;
  /** The user's row was deleted, with what the database cascades to. */
  deleted(em: EntityManager, userId: string): Promise<void>;
  /** Files for a data export, by name. */
  exported(em: EntityManager, userId: string): Promise<Record<string, ExportedFile>>;
  /** Names of the products in the account, newest first and at most `limit`, for a mail to its new owner. */
  named(em: EntityManager, userId: string, limit: number): Promise<NamedThings>;
}

/** Joins several extensions into one that calls them in this order. */
export function joinExtensions(extensions: readonly AccountExtension[]): AccountExtension {
  const each = async (call: (extension: AccountExtension) => Promise<void>) => {
    for (const extension of extensions) await call(extension);
  };
  return {
    created: (em, user, now) => each((extension) => extension.created(em, user, now)),
    closed: (em, userId, now) => each((extension) => extension.closed(em, userId, now)),
    reopened: (em, userId) => each((extension) => extension.reopened(em, userId)),
    deleted: (em, userId) => each((extension) => extension.deleted(em, userId)),
    async describe(em, userId) {
      for (const extension of extensions) {
        const store = await extension.describe(em, userId);
        if (store !== null) return store;
      }
      return null;
    },
    async exported(em, userId) {
      const files: Record<string, ExportedFile> = {};
      for (const extension of extensions) Object.assign(files, await extension.exported(em, userId));
      return files;
    },
    async named(em, userId, limit) {
      const all: NamedThings = { names: [], total: 0 };
      for (const extension of extensions) {
        const { names, total } = await extension.named(em, userId, limit - all.names.length);
        all.names.push(...names);
        all.total += total;
      }
      return all;
    },
  };
}
