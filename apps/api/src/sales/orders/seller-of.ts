import type { SellerOfRecord } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readShopSettings } from "../../shop/read-shop-settings.ts";
import { readShopKind } from "../../shop/shop-kind.ts";

export interface SellerColumns {
  storeName: string;
  legalName: string;
  legalAddress: string;
  contactEmail: string;
}

interface Seller {
  seller: SellerOfRecord;
  /** True if the legal name and address are known; the name of the store alone is none. */
  hasLegalDetails: boolean;
}

/** Who sells: the store with its legal data; in a shop of one seller, what is missing there is the shop's. */
export async function sellerOf(em: EntityManager, store: SellerColumns): Promise<Seller> {
  const shop = (await readShopKind(em)) === "my_store" ? await readShopSettings(em) : null;
  const legalName = store.legalName || (shop?.legalName ?? "");
  const address = store.legalAddress || (shop?.legalAddress ?? "");
  return {
    seller: {
      name: legalName || store.storeName,
      address,
      contact: store.contactEmail || (shop?.contactEmail ?? ""),
    },
    hasLegalDetails: legalName !== "" && address !== "",
  };
}
