import type { ProductStatus } from "@yumroad/contract";

export const STATUS_WORDS: Record<ProductStatus, string> = {
  draft: "Draft",
  published: "Published",
  archived: "Archived",
};
