import { PRODUCT_NAME_LENGTH } from "@yumroad/contract";

/** What the server will probably make of the name: good enough to draw the cover that it will probably have. */
export function likelySlug(name: string): string {
  return (
    name
      // A book that was pasted by mistake is no name, and normalising may take the square of its length.
      .slice(0, 2 * PRODUCT_NAME_LENGTH.max)
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "")
  );
}
