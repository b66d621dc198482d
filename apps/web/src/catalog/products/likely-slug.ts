import { PRODUCT_NAME_LENGTH } from "@yumroad/contract";

/** The slug that the server will probably make of the name, for drawing the probable cover. */
export function likelySlug(name: string): string {
  return (
    name
      // A pasted book is no name, and normalising may take quadratic time.
      .slice(0, 2 * PRODUCT_NAME_LENGTH.max)
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
  );
}
