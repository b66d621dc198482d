import * as z from "zod/mini";
import { ContentKind } from "./content-kind.ts";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { Slug } from "./products.ts";
import { line, prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

export const CONTENT_LINK_MAX_LENGTH = 2000;

const ContentTitle = line({ field: "title", min: 1, max: 120 });

/** A text in Markdown that buyers read on the page of their order. */
const Note = z.strictObject({
  kind: z.literal("note"),
  title: ContentTitle,
  body: prose({ field: "note", min: 1, max: 20_000 }),
});

/** An address on the web that buyers open. Only `https:`, so that no address can run code on the page of an order. */
const Link = z.strictObject({
  kind: z.literal("link"),
  title: ContentTitle,
  body: line({ field: "link", min: 1, max: CONTENT_LINK_MAX_LENGTH }).check(
    z.refine(isHttps, fault("link_of_content")),
  ),
});

function isHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === "https:" && username === "" && password === "";
}

export const ContentInput = z.discriminatedUnion("kind", [Note, Link]);
export type ContentInput = z.infer<typeof ContentInput>;

/** A change of a content. A file keeps its bytes: other bytes are a new version, which is uploaded. */
export const ContentChange = z.discriminatedUnion("kind", [
  Note,
  Link,
  z.strictObject({ kind: z.literal("file"), title: ContentTitle }),
]);
export type ContentChange = z.infer<typeof ContentChange>;

/**
 * How far a file is after its upload:
 * - `checking`: its bytes are read once more, and nobody can download it yet
 * - `ready`: it can be downloaded
 * - `refused`: its bytes are a program, its name says otherwise; nobody can download it
 * - `damaged`: its bytes are not all there any more; nobody can download it
 */
export const FileState = z.enum(["checking", "ready", "refused", "damaged"]);
export type FileState = z.infer<typeof FileState>;

/** A version of a file. */
export const ContentFile = z.strictObject({
  name: z.string(),
  /** In bytes. */
  size: z.int(),
  /** In hexadecimal digits; null until it is checked. */
  sha256: z.nullable(z.string()),
  /** 1 for the first file, and one more for each that replaced it. */
  version: z.int(),
  state: FileState,
  addedAt: Timestamp,
});
export type ContentFile = z.infer<typeof ContentFile>;

/** A part of what buyers of a product get. */
export const Content = z.strictObject({
  id: z.string(),
  kind: ContentKind,
  title: z.string(),
  /** Empty for a file. */
  body: z.string(),
  /** The newest version for the seller, the newest that is ready for buyers; null: it is no file. */
  file: z.nullable(ContentFile),
});
export type Content = z.infer<typeof Content>;

/** A content as its buyer reads it. */
export const BoughtContent = z.extend(Content, {
  /**
   * The body of a note as HTML that a page may contain as it is, with headings from the fourth level on; see
   * `descriptionHtml` of a product. null: it is a link or a file.
   */
  bodyHtml: z.nullable(z.string()),
});
export type BoughtContent = z.infer<typeof BoughtContent>;

const ContentId = z.extend(Slug, { id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) });
export const contentList = z.strictObject({ items: z.array(Content) });

/** What a product gives to its buyers. Each write answers with the whole list, in the order in which buyers see it. */
export const contentEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/products/:slug/contents",
    access: "seller",
    whose: "own",
    summary: "What buyers of your product get",
    params: Slug,
    success: { status: 200, body: contentList },
    problems: [],
  }),

  create: endpoint({
    method: "POST",
    path: "/api/products/:slug/contents",
    access: "seller",
    whose: "own",
    summary: "Add a note or a link to your product",
    params: Slug,
    body: ContentInput,
    success: { status: 201, body: contentList },
    limits: ["contentChanges"],
    problems: ["rate_limited", "too_many_contents"],
  }),

  reorder: endpoint({
    method: "POST",
    path: "/api/products/:slug/content-order",
    access: "seller",
    whose: "own",
    summary: "Put the contents of your product into another order",
    params: Slug,
    /** The ids of all contents. `version_conflict`: others are there by now. */
    body: z.strictObject({ ids: z.array(z.string().check(z.maxLength(36))).check(z.maxLength(50)) }),
    success: { status: 200, body: contentList },
    limits: ["contentChanges"],
    problems: ["rate_limited", "version_conflict"],
  }),

  change: endpoint({
    method: "PATCH",
    path: "/api/products/:slug/contents/:id",
    access: "seller",
    whose: "own",
    summary: "Change a note or a link of your product, or the title of a file. Buyers see the new one",
    params: ContentId,
    body: ContentChange,
    success: { status: 200, body: contentList },
    limits: ["contentChanges"],
    problems: ["rate_limited", "content_kind_fixed"],
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/api/products/:slug/contents/:id",
    access: "seller",
    whose: "own",
    summary: "Remove a note, a link or a file from your product, for its buyers too",
    params: ContentId,
    success: { status: 200, body: contentList },
    limits: ["contentChanges"],
    problems: ["rate_limited"],
  }),
};
