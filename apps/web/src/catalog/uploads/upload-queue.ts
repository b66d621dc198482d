import type { QueryClient } from "@tanstack/react-query";
import { type Content, endpoints } from "@yumroad/contract";
import type { Upload as TusUpload } from "tus-js-client";
import { call } from "../../platform/lib/call.ts";
import { randomUuid } from "../../platform/lib/random-uuid.ts";
import { uploadsQuery } from "./api.ts";
import { createTusUpload } from "./create-tus-upload.ts";
import { createEntries } from "./entries.ts";
import { reasonOf, statusOf } from "./upload-failures.ts";

/**
 * - `waiting`: another file is uploaded first
 * - `logged_out`: goes on when the same user is logged in again
 * - `failed`: `problem` says why; it goes on by itself when the browser is online again
 */
export type UploadStatus = "waiting" | "uploading" | "paused" | "logged_out" | "finishing" | "failed";

/** A file that is being uploaded from this tab. */
export interface QueuedUpload {
  key: string;
  userId: string;
  /** The product's. */
  slug: string;
  name: string;
  /** In bytes, of the whole file. */
  size: number;
  /** When the file was last changed, in milliseconds since 1970. */
  modified: number;
  /** Bytes that the server has acknowledged. */
  received: number;
  /** null: not known yet. */
  bytesPerSecond: number | null;
  status: UploadStatus;
  /** True: it becomes a picture of the product. */
  isPicture: boolean;
  /** Why it has failed, in words. */
  problem: string | null;
  /** True: it has failed because no answer came. */
  isCutOff: boolean;
}

export interface NewUpload {
  userId: string;
  slug: string;
  file: File;
  /** Id of the file of which this is a new version. */
  contentId?: string;
  /** True: it becomes a picture of the product. */
  isPicture?: boolean;
  /** Id of an upload of the same file that was begun earlier. */
  begunAs?: string;
}

/** Uploads files one after the other, also while other pages of the app are open. */
export interface UploadQueue {
  uploads(): readonly QueuedUpload[];
  subscribe(listener: () => void): () => void;
  add(upload: NewUpload): void;
  pause(key: string): void;
  resume(key: string): void;
  /** Stops an upload, and deletes what the server has of it. */
  cancel(key: string): void;
  /** A user is there: their uploads go on, and those of others are dropped. */
  enter(userId: string): void;
}

interface Dependencies {
  queryClient: QueryClient;
  /** Called when a file was added to its product, with the product's contents. */
  onAdded(upload: QueuedUpload, items: Content[]): void;
}

type Entries = ReturnType<typeof createEntries>;

/** Makes the queue of a tab. It lives as long as the tab does. */
export function createUploadQueue(dependencies: Dependencies): UploadQueue {
  const entries = createEntries();
  const startNext = createStarter(entries, dependencies);
  goOnWhenOnline(entries, startNext);
  askBeforeLeaving(entries);

  function remove(key: string) {
    entries.remove(key);
    startNext();
  }

  return {
    uploads: entries.all,
    subscribe: entries.subscribe,
    add({ file, isPicture = false, ...upload }) {
      const { name, size, lastModified: modified } = file;
      const state = { received: 0, bytesPerSecond: null, status: "waiting", problem: null, isCutOff: false } as const;
      entries.add({ ...upload, ...state, isPicture, key: randomUuid(), file, name, size, modified, tus: null });
      startNext();
    },
    pause(key) {
      entries.change(key, { status: "paused", bytesPerSecond: null });
      void entries.find(key)?.tus?.abort();
      startNext();
    },
    resume(key) {
      entries.change(key, { status: "waiting", problem: null });
      startNext();
    },
    cancel(key) {
      const tus = entries.find(key)?.tus;
      remove(key);
      // What can't be deleted now is deleted by the server after a week.
      void tus?.abort(tus.url !== null).catch(() => {});
    },
    enter(userId) {
      for (const { key, tus, ...entry } of entries.all()) {
        if (entry.userId !== userId) {
          void tus?.abort();
          remove(key);
        } else if (entry.status === "logged_out") entries.change(key, { status: "waiting" });
      }
      startNext();
    },
  };
}

/** Makes the function that starts the next upload if none is running. */
function createStarter(entries: Entries, { queryClient, onAdded }: Dependencies): () => void {
  function startNext() {
    if (entries.all().some(({ status }) => status === "uploading" || status === "finishing")) return;
    const next = entries.all().find(({ status }) => status === "waiting");
    if (next) void start(next.key);
  }

  async function start(key: string) {
    entries.change(key, { status: "uploading", problem: null, isCutOff: false });
    const { Upload } = await import("tus-js-client");
    const entry = entries.find(key);
    // Cancelled or paused meanwhile.
    if (entry?.status !== "uploading") return;
    const events = {
      onReceived: (received: number, bytesPerSecond: number | null) =>
        entries.change(key, { received, bytesPerSecond }),
      onError: (error: unknown) => void fail(key, error),
      onSuccess: (upload: TusUpload) => void finish(key, upload),
    };
    const tus = entry.tus ?? createTusUpload(Upload, entry, events);
    entries.change(key, { tus });
    tus.start();
  }

  async function finish(key: string, { url }: TusUpload) {
    const entry = entries.find(key);
    if (!entry) return;
    entries.change(key, { status: "finishing", received: entry.size });
    try {
      const id = (url ?? "").split("/").at(-1) ?? "";
      const { items } = await call(queryClient, endpoints.uploads.finish, { params: { id } });
      onAdded(entry, items);
      entries.remove(key);
      startNext();
    } catch (error) {
      await fail(key, error);
    }
  }

  async function fail(key: string, error: unknown) {
    const entry = entries.find(key);
    if (!entry || entry.status === "paused") return;
    if (statusOf(error) === 401) {
      entries.change(key, { status: "logged_out" });
      if (await isSessionThere(entry.slug)) entries.change(key, { status: "waiting" });
    } else entries.change(key, { status: "failed", ...reasonOf(error) });
    startNext();
  }

  /** Tells the session of the refusal, which asks who is there: it may go on under another id. */
  async function isSessionThere(slug: string): Promise<boolean> {
    const asking = queryClient.fetchQuery({ ...uploadsQuery(slug), staleTime: 0 });
    return asking.then(
      () => true,
      () => false,
    );
  }

  return startNext;
}

function goOnWhenOnline(entries: Entries, startNext: () => void): void {
  window.addEventListener("online", () => {
    for (const { key, isCutOff } of entries.all()) if (isCutOff) entries.change(key, { status: "waiting" });
    startNext();
  });
}

/** Closing the tab would stop the uploads: the browser asks first. */
function askBeforeLeaving(entries: Entries): void {
  window.addEventListener("beforeunload", (event) => {
    if (entries.all().some(({ status }) => status === "uploading" || status === "waiting")) event.preventDefault();
  });
}
