import type { ReactNode } from "react";
import { useSite } from "../features/site/api.ts";
import { ShopNameContext, shopNameInDocument } from "../lib/shop-name.ts";

/** Tells all pages the shop's name: at first the one in the document, so that no other is seen before it. */
export function ShopName({ children }: { children: ReactNode }) {
  const site = useSite();
  return <ShopNameContext value={site.data?.name ?? shopNameInDocument()}>{children}</ShopNameContext>;
}
