import { createContext, use } from "react";

/** The shop's name; empty while it is not known. */
export const ShopNameContext = createContext("");

export function useShopName(): string {
  return use(ShopNameContext);
}

/** The title of the browser tab. */
export function useTitle(page: string | null): string {
  const shop = useShopName();
  return [page, shop].filter(Boolean).join(" · ");
}

/** The name in the document, which the server writes into it; empty if the server could not. */
export function shopNameInDocument(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="application-name"]')?.content ?? "";
}
