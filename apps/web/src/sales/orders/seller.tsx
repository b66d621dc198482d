import type { SellerOfRecord } from "@yumroad/contract";
import classes from "./seller.module.css";

/** The seller's name and address, as far as they are given. */
export function Seller({ seller: { name, address, contact }, fallback }: { seller: SellerOfRecord; fallback: string }) {
  return (
    <address className={classes.seller}>{[name || fallback, address, contact].filter(Boolean).join("\n")}</address>
  );
}
