import type { ReactNode } from "react";
import { ShopNameContext, shopNameInDocument } from "../platform/lib/shop-name.ts";
import { useSite } from "../shop/api.ts";

/** Tells all pages the shop's name: at first the one in the document, so that no other is seen before it. */
export function ShopName({ children }: { children: ReactNode }) {
  const site = useSite();
  return <ShopNameContext value={site.data?.name ?? shopNameInDocument()}>{children}</ShopNameContext>;
}
