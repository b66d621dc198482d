import * as z from "zod/mini";

/** The kinds of what buyers get: a text that they read in the shop, or an address on the web. */
export const ContentKind = z.enum(["note", "link"]);
