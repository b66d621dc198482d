import type { SaleCard } from "@yumroad/contract";
import { Badge } from "../../platform/ui/badge.tsx";
import { saleStateWords } from "./sale-words.ts";

/** How far a sale is. */
export function SaleBadge({ sale }: { sale: SaleCard }) {
  const isGood = sale.state === "paid" && !sale.isInTrouble && sale.refunded.amount === 0;
  return <Badge look={isGood ? "good" : "plain"}>{saleStateWords(sale)}</Badge>;
}
