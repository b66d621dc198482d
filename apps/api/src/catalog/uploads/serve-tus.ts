import { Metadata, Server } from "@tus/server";
import { type Endpoint, endpoints, UPLOADS_PATH } from "@yumroad/contract";
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { Limits } from "../../config/limits.ts";
import type { Database } from "../../platform/db/database.ts";
import { type Context, createContexts } from "../../platform/http/context.ts";
import { refuseCrossSite } from "../../platform/http/csrf.ts";
import { createGuards, type Guards } from "../../platform/http/guards.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { ServeOptions } from "../../platform/http/serve.ts";
import { withDeadline } from "../../platform/lib/deadline.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { FileStorage } from "../../platform/storage/file-storage.ts";
import { ownProduct } from "../products/policy.ts";
import { appendPart } from "./append-part.ts";
import { beginUpload } from "./begin-upload.ts";
import { ownUpload } from "./policy.ts";
import { TusStore } from "./tus-store.ts";
import { UploadEntity } from "./upload.entity.ts";
import type { UploadLocker } from "./upload-locker.ts";

interface TusNeeds {
  database: Database;
  limits: Limits;
  fileStorage: FileStorage;
  uploadLocker: UploadLocker;
  rateLimiter: RateLimiter;
}

type TusContext = Context & TusNeeds;

/** Access and limits of the protocol's requests, as those of an endpoint of the contract. */
const ACCESS = {
  access: "seller",
  path: UPLOADS_PATH,
  summary: "",
  success: { status: 200, body: null },
  problems: [],
} as const;
const OF_METHOD: Record<string, Endpoint> = {
  POST: { ...ACCESS, method: "POST", limits: ["uploadsBegun"] },
  HEAD: { ...ACCESS, method: "GET" },
  PATCH: { ...ACCESS, method: "PATCH" },
  DELETE: { ...ACCESS, method: "DELETE" },
};

/**
 * Serves uploads by the tus protocol, with the guarantees of every endpoint in the same order (`serve.ts`), which can't
 * serve HEAD and bytes. `@tus/server` gets nothing but POST, HEAD and DELETE: its GET sends uploads as pages.
 */
export function serveTus(options: Omit<ServeOptions, "app">, needs: TusNeeds): RequestHandler {
  const guards = createGuards(options);
  const contextOf = createContexts(options, needs);
  const router = Router({ caseSensitive: true, strict: true });
  const handle = (methods: readonly string[]): RequestHandler => {
    const allow = methods.join(", ");
    return (req, res) => {
      if (!methods.includes(req.method)) throw new Refusal("method_not_allowed", { headers: { Allow: allow } });
      return withDeadline(options.limits.storeDeadline, () => serveUpload(req, res, { guards, contextOf, ...options }));
    };
  };
  router.all(UPLOADS_PATH, handle(["POST"]));
  router.all(`${UPLOADS_PATH}/:id`, handle(["HEAD", "PATCH", "DELETE"]));
  return router;
}

interface TusParts extends Omit<ServeOptions, "app"> {
  guards: Guards;
  contextOf: (req: Request) => TusContext;
}

async function serveUpload(req: Request, res: Response, { guards, contextOf, ...site }: TusParts): Promise<void> {
  res.set("Cache-Control", "no-store");
  const id = idOf(req);
  const endpoint = OF_METHOD[req.method] as Endpoint;
  if (req.method !== "HEAD") refuseCrossSite(req, site);
  const user = await guards.identify(endpoint, req, res);
  if (user === null) throw new Refusal("unauthenticated");
  await guards.keepAlive(req);
  const ctx = contextOf(req);
  // Parts have a limit of their own: on a fast line there are more of them than of all other writes.
  if (req.method === "PATCH") await consumeParts(ctx, user.id);
  else await guards.consumeLimits(endpoint, req);
  if (id !== null && (await ownUpload(ctx, { user, id })) === null) throw new Refusal("not_found");
  const begun = id ?? (await begin(ctx, { user, req }));
  if (req.method === "PATCH") {
    const offset = await appendPart(ctx, { req, id: begun, confirm: () => guards.confirmSession(req) });
    res
      .set({ "Tus-Resumable": "1.0.0", "Upload-Offset": String(offset) })
      .status(204)
      .end();
    return;
  }
  try {
    await answer(await askTus(ctx, { req, id: begun }), res);
  } catch (error) {
    // The protocol refuses what it begins with: nobody learns the upload's address.
    if (id === null) await removeUpload(ctx, begun);
    throw error;
  }
}

async function consumeParts(ctx: TusContext, userId: string): Promise<void> {
  const refusal = await refuseOverLimit(ctx, [{ key: `uploadParts:${userId}`, limit: ctx.limits.uploadParts }]);
  if (refusal) throw refusal;
}

/** The upload that a request names; null: it begins one. */
function idOf(req: Request): string | null {
  const { id } = req.params;
  if (id === undefined) return null;
  const params = endpoints.uploads.finish.params.safeParse({ id });
  if (!params.success) throw new Refusal("not_found");
  return params.data.id;
}

/** Begins the upload that a POST describes, and returns its id. */
async function begin(ctx: TusContext, { user, req }: { user: { id: string }; req: Request }): Promise<string> {
  const { product: slug, name, modified = null, content = null, for: purpose } = metadataOf(req);
  const length = req.get("upload-length") ?? "";
  // A file of an unknown length ("Upload-Defer-Length") could not be held to a quota.
  if (!/^\d{1,15}$/.test(length) || !slug || !name) throw new Refusal("malformed_request");
  if (modified !== null && !/^\d{1,15}$/.test(modified)) throw new Refusal("malformed_request");
  const product = await ownProduct(ctx, { user, slug });
  if (product === null) throw new Refusal("not_found");
  const input = { product, name, size: Number(length), modified: modified === null ? null : Number(modified) };
  const begun = await beginUpload(ctx, { ...input, contentId: content, isPicture: purpose === "picture" });
  if (begun instanceof Refusal) throw begun;
  return begun;
}

function metadataOf(req: Request): Partial<Record<string, string | null>> {
  try {
    return Metadata.parse(req.get("upload-metadata") ?? "");
  } catch {
    throw new Refusal("malformed_request");
  }
}

/** Lets `@tus/server` answer a request about an upload. Throws what the contract calls the refusals of the protocol. */
async function askTus(ctx: TusContext, { req, id }: { req: Request; id: string }): Promise<globalThis.Response> {
  let failure: unknown = null;
  const server = new Server({
    path: UPLOADS_PATH,
    relativeLocation: true,
    // No page of another origin may read an answer.
    allowedOrigins: () => false,
    datastore: new TusStore({
      fileStorage: ctx.fileStorage,
      find: (upload) => ctx.em.fork().findOne(UploadEntity, { id: upload }),
      remove: (upload) => removeUpload(ctx, upload),
    }),
    locker: ctx.uploadLocker,
    disableTerminationForFinishedUploads: true,
    namingFunction: () => id,
    onResponseError(_req, error) {
      if (error instanceof Error) failure = error;
      return undefined;
    },
  });
  const response = await server.handleWeb(webRequest(req));
  if (response.status < 400) return response;
  throw failure ?? refusalOf(response);
}

type WebRequest = Parameters<Server["handleWeb"]>[0];

/** The request as `@tus/server` reads it: without a body, and with a path of this server, not the `Host` header. */
function webRequest(req: Request): WebRequest {
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    // A beginning that brings bytes is not offered ("creation-with-upload").
    if (typeof value === "string" && name !== "content-type") headers.set(name, value);
  }
  return new globalThis.Request(new URL(req.path, "http://localhost"), { method: req.method, headers }) as WebRequest;
}

/** Deletes an upload that is not finished. */
async function removeUpload({ em, fileStorage }: TusContext, id: string): Promise<void> {
  await em.fork().nativeDelete(UploadEntity, { id, finishedAt: null });
  await fileStorage.discardUpload(id);
}

async function answer(response: globalThis.Response, res: Response): Promise<void> {
  for (const [name, value] of response.headers) {
    if (!name.startsWith("access-control-") && name !== "content-length") res.setHeader(name, value);
  }
  res.status(response.status).end();
}

/** The refusals of the protocol by their status. Clients act on the status alone. */
function refusalOf({ status }: globalThis.Response): Refusal {
  if (status === 404) return new Refusal("not_found");
  if (status === 423) return new Refusal("upload_locked");
  return new Refusal("malformed_request");
}
