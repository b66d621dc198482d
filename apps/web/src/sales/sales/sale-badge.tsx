import type { SaleCard } from "@yumroad/contract";
import { Badge } from "../../platform/ui/badge.tsx";
import { saleStateWords } from "./sale-words.ts";

/** How far a sale is. */
export function SaleBadge({ sale }: { sale: SaleCard }) {
  return <Badge look={lookOf(sale)}>{saleStateWords(sale)}</Badge>;
}

function lookOf({ state, isInTrouble, refunded }: SaleCard) {
  if (isInTrouble) return "bad";
  if (state === "paid") return refunded.amount === 0 ? "good" : "plain";
  return state === "open" || state === "pending" ? "warn" : "plain";
}
