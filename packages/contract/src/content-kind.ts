import * as z from "zod/mini";

/** The kinds of what buyers get: a text that they read in the shop, an address on the web, or a file to download. */
export const ContentKind = z.enum(["note", "link", "file"]);
