import type { ContentInput } from "@yumroad/contract";

/**
 * A content as it is stored: the address of a link as browsers read it, since `https:evil.example` is an address of
 * another site as well.
 */
export function storedContent(input: ContentInput): ContentInput {
  return input.kind === "link" ? { ...input, body: new URL(input.body).href } : input;
}
