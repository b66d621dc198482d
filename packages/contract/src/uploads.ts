import * as z from "zod/mini";
import { contentList } from "./contents.ts";
import { endpoint } from "./endpoint.ts";
import type { ProblemCode } from "./problems.ts";
import { Slug } from "./products.ts";
import { Timestamp } from "./timestamp.ts";

/**
 * Where files are uploaded, by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload) with its extensions
 * "creation" and "termination". `Upload-Metadata` of `POST` has `product` (a slug), `name`, and optionally `modified`
 * (milliseconds since 1970), `content` (the id of a file, of which this is a new
 * version) and `for` (`picture`: it is a picture of the product).
 */
export const UPLOADS_PATH = "/api/uploads";

/** What uploads answer when they are refused, besides what every endpoint of a seller can. */
export const UPLOAD_PROBLEMS = [
  ...["malformed_request", "csrf_rejected", "unauthenticated", "not_a_seller", "not_found", "rate_limited"],
  ...["request_timeout", "unsupported_media_type", "payload_too_large", "session_store_unavailable"],
  ...["file_empty", "file_too_large", "quota_exceeded", "too_many_uploads", "too_many_pictures", "storage_full"],
  ...["upload_conflict", "upload_locked", "database_unavailable", "internal_error"],
] as ProblemCode[];

/** A file on its way. */
export const Upload = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** In bytes, of the whole file. */
  size: z.int(),
  /** Bytes that the server has. */
  received: z.int(),
  /** When the seller's own file was last changed, in milliseconds since 1970; with the name, it tells files apart. */
  modified: z.nullable(z.int()),
  /** The file of which this is a new version; null: it is a new file. */
  contentId: z.nullable(z.string()),
  isPicture: z.boolean(),
  /** An upload that is not finished by then is deleted. */
  expiresAt: Timestamp,
});
export type Upload = z.infer<typeof Upload>;

export const uploadEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/products/:slug/uploads",
    access: "seller",
    whose: "own",
    summary: "Files of your product that are not uploaded to the end yet",
    params: Slug,
    success: { status: 200, body: z.strictObject({ items: z.array(Upload) }) },
    problems: [],
  }),

  finish: endpoint({
    method: "POST",
    path: "/api/uploads/:id/finish",
    access: "seller",
    whose: "own",
    summary: "Add a file whose last byte has arrived to its product. May be sent again",
    params: z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) }),
    success: { status: 200, body: contentList },
    problems: ["upload_incomplete", "too_many_contents", "too_many_pictures"],
  }),
};
