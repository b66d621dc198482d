import type { Readable } from "node:stream";

/** Keeps bytes: uploads on their way, and stored files, which never change. Names are ids that the server makes. */
export interface FileStorage {
  /** Begins an upload, without a byte yet. */
  beginUpload(id: string): Promise<void>;
  /** Number of bytes that have arrived; null: there is no such upload. */
  receivedBytes(id: string): Promise<number | null>;
  /**
   * Writes `content` from `offset` on, and resolves with the number of bytes that have arrived by then. If `content`
   * fails, rejects with its error, and what has arrived before is kept.
   */
  append(id: string, offset: number, content: Readable): Promise<number>;
  /** Drops what has arrived beyond `length` bytes. */
  truncateUpload(id: string, length: number): Promise<void>;
  /**
   * Makes an upload a stored file under the same id that outlives a loss of power. Does nothing if that was done before.
   * Resolves with the size in bytes; null: there is neither.
   */
  storeUpload(id: string): Promise<number | null>;
  /** Deletes an upload, if it is there. */
  discardUpload(id: string): Promise<void>;

  /** Size in bytes; null: there is no such file. */
  sizeOf(id: string): Promise<number | null>;
  read(id: string): Readable;
  /** Path of a stored file, for a web server that sends it. */
  pathOf(id: string): string;
  /** Deletes a stored file, if it is there. */
  remove(id: string): Promise<void>;

  /** All stored files, and all uploads, with the time of their last change. */
  list(kind: "files" | "uploads"): AsyncIterable<{ id: string; changedAt: Date }>;
  /** Bytes that can be written before there is no room left. */
  freeBytes(): Promise<number>;
}
