import { type Request, type RequestHandler, type Response, Router } from "express";
import { findDamage } from "../../catalog/files/find-damage.ts";
import type { Limits } from "../../config/limits.ts";
import { hashOfToken } from "../../identity/tokens/consume-token.ts";
import type { Database } from "../../platform/db/database.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { limitReading } from "../../platform/http/send-file.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { DOWNLOADS_PATH } from "./create-download.ts";
import { DownloadEntity } from "./download.entity.ts";
import { type DownloadInFull, findDownload } from "./queries.ts";

interface DownloadNeeds {
  database: Database;
  clock: Clock;
  limits: Limits;
  fileStorage: FileStorage;
  logger: Logger;
  config: { sendFiles: "node" | "accel" };
}

/** Where nginx finds the files (`docs/self-hosting.md`). */
const ACCEL_PATH = "/_files";
/** Bytes that are read at once. With the usual 64 KiB a download costs half as much processor time again. */
const PIECE = 512 * 1024;

/**
 * Serves the bytes of files that were bought: always as attachments, never as pages. The address is the authorisation, so
 * that a download can go on in another program and from another place: there is no session, and no cookie.
 */
export function serveDownloads(needs: DownloadNeeds): RequestHandler {
  const open = createCounter(needs.limits.openDownloads);
  const router = Router({ caseSensitive: true, strict: true });
  router.all(`${DOWNLOADS_PATH}/:token/:name`, async (req, res, next) => {
    if (req.method !== "GET" && req.method !== "HEAD")
      throw new Refusal("method_not_allowed", { headers: { Allow: "GET, HEAD" } });
    res.set("Cache-Control", "no-store");
    const download = await findDownload(needs.database.fork(), hashOfToken(req.params.token));
    const code = refusalOf(download, needs);
    if (download === null || code !== null) return refuse(code ?? "not_found", { req, res, next });
    // A browser that looks ahead gets nothing: nobody has asked for the file yet.
    if (/\bprefetch\b/.test(req.get("sec-purpose") ?? req.get("purpose") ?? "")) {
      res.status(204).end();
      return;
    }
    // A part of a file must not be taken for the whole. The order says what is wrong with it from now on.
    if (await findDamage(needs, { id: download.fileId, size: Number(download.fileSize) }))
      return refuse("link_invalid", { req, res, next });
    setHeaders(res, download);
    if (req.method === "HEAD") return send(needs, { download, res, next });
    const startedAt = new Date(needs.clock.now());
    if (!open.add(download.entitlementId)) throw new Refusal("rate_limited", { retryAfter: 10 });
    res.once("close", () => {
      open.remove(download.entitlementId);
      if (res.statusCode < 300) noteUse(needs, { ...download, begunAt: startedAt, usedAt: startedAt }).catch(() => {});
    });
    await noteUse(needs, download);
    send(needs, { download, res, next });
  });
  return router;
}

/** Why a download can't be had; null: it can. */
function refusalOf(
  download: DownloadInFull | null,
  { clock, limits }: DownloadNeeds,
): "not_found" | "access_ended" | "link_invalid" | null {
  if (download === null) return "not_found";
  if (download.entitlementEndedAt !== null) return "access_ended";
  const { createdAt, begunAt, usedAt } = download;
  const endsAt =
    begunAt === null ? createdAt.getTime() + limits.downloadBegin : (usedAt ?? begunAt).getTime() + limits.downloadIdle;
  return clock.now() > endsAt ? "link_invalid" : null;
}

/** Shows people a page that says what to do (the web app's), and tells programs the code. */
function refuse(
  code: "not_found" | "access_ended" | "link_invalid",
  { req, res, next }: { req: Request; res: Response; next: (error?: unknown) => void },
): void {
  const isPage = req.accepts(["application/json", "text/html"]) === "text/html" && req.headers.range === undefined;
  if (!isPage) throw new Refusal(code);
  res.status(code === "not_found" ? 404 : 410);
  next();
}

function setHeaders(res: Response, { fileName, sha256, versionAddedAt }: DownloadInFull): void {
  res.attachment(fileName);
  res.set({
    // Whatever the name says: a browser must not take it for a page.
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    ETag: `"${sha256}"`,
    "Last-Modified": versionAddedAt.toUTCString(),
    // Compressing on the way would change the length, and no shared cache may keep what was bought.
    "Cache-Control": "private, no-transform",
  });
}

function send(
  { fileStorage, limits, config }: DownloadNeeds,
  { download, res, next }: { download: DownloadInFull; res: Response; next: (error?: unknown) => void },
): void {
  if (config.sendFiles === "accel") {
    res.set("X-Accel-Redirect", `${ACCEL_PATH}/${download.fileId}`).end();
    return;
  }
  limitReading(res, { answerStall: limits.answerStall, answerTime: limits.downloadTime });
  // The types of Express do not know `highWaterMark`, which `send` hands on to the stream of the file.
  const options = { etag: false, lastModified: false, cacheControl: false, dotfiles: "allow", highWaterMark: PIECE };
  res.sendFile(fileStorage.pathOf(download.fileId), options as object, (error) => {
    // The reader has gone away, which is no fault: it goes on later.
    if (!error || res.headersSent) return;
    for (const name of ["Content-Security-Policy", "Last-Modified"]) res.removeHeader(name);
    next(toRefusal(error));
  });
}

function toRefusal(error: Error & { status?: number; headers?: Record<string, string> }): Error {
  if (error.status !== 416) return error;
  return new Refusal("range_not_satisfiable", { headers: { "Content-Range": error.headers?.["Content-Range"] ?? "" } });
}

/** A download is noted as in use at most once in this time: it can be asked for in any number of parts. */
const NOTE_EVERY_MS = 60_000;

/** Counts a download once, when its first byte is asked for, and notes that it is in use. */
async function noteUse(
  { database, clock }: DownloadNeeds,
  { id, begunAt, usedAt }: Pick<DownloadInFull, "id" | "begunAt" | "usedAt">,
): Promise<void> {
  const now = new Date(clock.now());
  if (usedAt !== null && now.getTime() - usedAt.getTime() < NOTE_EVERY_MS) return;
  const em = database.fork();
  if (begunAt === null) await em.nativeUpdate(DownloadEntity, { id, begunAt: null }, { begunAt: now });
  await em.nativeUpdate(DownloadEntity, { id }, { usedAt: now });
}

/** Counts by key up to a maximum. */
function createCounter(max: number) {
  const counts = new Map<string, number>();
  return {
    /** False: the key has reached the maximum. */
    add(key: string): boolean {
      const count = counts.get(key) ?? 0;
      if (count >= max) return false;
      counts.set(key, count + 1);
      return true;
    },
    remove(key: string): void {
      const count = counts.get(key) ?? 0;
      if (count > 1) counts.set(key, count - 1);
      else counts.delete(key);
    },
  };
}
