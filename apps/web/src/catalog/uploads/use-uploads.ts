import { useEffect, useSyncExternalStore } from "react";
import type { QueuedUpload, UploadQueue } from "./upload-queue.ts";

/** A user's uploads to a product from this tab. Those that a log-out has stopped go on. */
export function useUploads(
  queue: UploadQueue,
  { userId, slug }: { userId: string; slug: string },
): readonly QueuedUpload[] {
  useEffect(() => queue.enter(userId), [queue, userId]);
  const all = useSyncExternalStore(queue.subscribe, queue.uploads);
  return all.filter((upload) => upload.slug === slug && upload.userId === userId);
}
