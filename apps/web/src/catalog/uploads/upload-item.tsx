import type { ReactNode } from "react";
import { formatBytes, formatDuration } from "../../platform/lib/format.ts";
import row from "../../platform/ui/action-item.module.css";
import { Button } from "../../platform/ui/button.tsx";
import { uploadWords as words } from "../../words/uploads.ts";
import type { QueuedUpload, UploadQueue } from "./upload-queue.ts";
import classes from "./uploads.module.css";

/** A file that is being uploaded: how far it is, how fast, and what can be done. */
export function UploadItem({ upload, queue }: { upload: QueuedUpload; queue: UploadQueue }) {
  const { key, name, status, problem } = upload;
  return (
    <li className={classes.upload}>
      <UploadWords upload={upload} line={lineOf(upload)}>
        {problem !== null && (
          <p role="alert" className={classes.problem}>
            {problem}
          </p>
        )}
      </UploadWords>
      <div className={row.actions}>
        {(status === "uploading" || status === "waiting") && (
          <Button size="sm" label={words.pauseOne(name)} onClick={() => queue.pause(key)}>
            {words.pause}
          </Button>
        )}
        {status === "paused" && (
          <Button size="sm" label={words.resumeOne(name)} onClick={() => queue.resume(key)}>
            {words.resume}
          </Button>
        )}
        {status === "failed" && (
          <Button size="sm" label={words.retryOne(name)} onClick={() => queue.resume(key)}>
            {words.retry}
          </Button>
        )}
        {status !== "finishing" && (
          <Button size="sm" label={words.cancelOne(name)} onClick={() => queue.cancel(key)}>
            {words.cancel}
          </Button>
        )}
      </div>
    </li>
  );
}

interface UploadWordsProps {
  upload: { name: string; received: number; size: number };
  /** How far the upload is, in words. */
  line: string;
  children?: ReactNode;
}

/** The name of an upload, and how far it is. */
export function UploadWords({ upload: { name, received, size }, line, children }: UploadWordsProps) {
  return (
    <div className={row.words}>
      <p className={row.name} dir="auto">
        {name}
      </p>
      <progress className={classes.progress} aria-label={words.progressOf(name)} value={received} max={size} />
      <p className={row.line}>{line}</p>
      {children}
    </div>
  );
}

/** "45% · 12 MB of 27 MB · 3 MB/s · 5 seconds left" */
function lineOf({ received, size, status, bytesPerSecond }: QueuedUpload): string {
  const parts = [
    percentOf(received, size),
    words.of(formatBytes(received), formatBytes(size)),
    ...(status === "uploading" ? [] : [words.status[status]]),
  ];
  if (status === "uploading" && bytesPerSecond !== null && bytesPerSecond > 0) {
    parts.push(words.perSecond(formatBytes(bytesPerSecond)));
    parts.push(words.left(formatDuration((size - received) / bytesPerSecond)));
  }
  return parts.join(" · ");
}

export function percentOf(received: number, size: number): string {
  // Rounded down: 100 % means that all of it is there.
  const share = Math.floor((received / size) * 100) / 100;
  return new Intl.NumberFormat(undefined, { style: "percent" }).format(share);
}
