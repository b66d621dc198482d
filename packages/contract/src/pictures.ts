import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { Slug } from "./products.ts";
import { line } from "./text.ts";

/** Widths of a picture in pixels. Its address ends in one: `/media/<id>-640.webp`. */
export const PICTURE_WIDTHS = [320, 640, 1280] as const;

/** Most bytes of a picture, and most pictures of a product. */
export const PICTURE_MAX_BYTES = 20_000_000;
export const PICTURES_MAX = 9;

/** Words for people who don't see the picture. Empty: it is decorative. */
const Alt = line({ field: "alt", min: 0, max: 300 });

/**
 * How far a picture is after its upload:
 * - `preparing`: its sizes are made
 * - `ready`: visitors see it
 * - `refused`: it is no picture that can be read, or has too many pixels
 */
export const PictureState = z.enum(["preparing", "ready", "refused"]);
export type PictureState = z.infer<typeof PictureState>;

/** A picture of a product as its seller sees it. */
export const Picture = z.strictObject({
  id: z.string(),
  name: z.string(),
  state: PictureState,
  /** Its middle size; null until it is ready. */
  url: z.nullable(z.string()),
  /** null: nobody has written it. */
  alt: z.nullable(z.string()),
});
export type Picture = z.infer<typeof Picture>;

export const PictureInput = z.strictObject({ alt: Alt });
export type PictureInput = z.infer<typeof PictureInput>;

const PictureId = z.extend(Slug, { id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) });
const pictureList = z.strictObject({ items: z.array(Picture) });

/**
 * Pictures of a product; the first that is ready is its cover. They are uploaded as files are (`UPLOADS_PATH`), with
 * `for` = `picture` in the metadata. Each write answers with the whole list.
 */
export const pictureEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/products/:slug/pictures",
    access: "seller",
    whose: "own",
    summary: "Pictures of your product, the cover first",
    params: Slug,
    success: { status: 200, body: pictureList },
    problems: [],
  }),

  reorder: endpoint({
    method: "POST",
    path: "/api/products/:slug/picture-order",
    access: "seller",
    whose: "own",
    summary: "Put the pictures of your product into another order. The first is the cover",
    params: Slug,
    /** The ids of all pictures. `version_conflict`: others are there by now. */
    body: z.strictObject({ ids: z.array(z.string().check(z.maxLength(36))).check(z.maxLength(PICTURES_MAX)) }),
    success: { status: 200, body: pictureList },
    limits: ["contentChanges"],
    problems: ["rate_limited", "version_conflict"],
  }),

  change: endpoint({
    method: "PATCH",
    path: "/api/products/:slug/pictures/:id",
    access: "seller",
    whose: "own",
    summary: "Describe a picture of your product",
    params: PictureId,
    body: PictureInput,
    success: { status: 200, body: pictureList },
    limits: ["contentChanges"],
    problems: ["rate_limited"],
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/api/products/:slug/pictures/:id",
    access: "seller",
    whose: "own",
    summary: "Remove a picture from your product",
    params: PictureId,
    success: { status: 200, body: pictureList },
    limits: ["contentChanges"],
    problems: ["rate_limited"],
  }),
};
