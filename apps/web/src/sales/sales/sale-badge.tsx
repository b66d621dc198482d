import type { SaleCard } from "@yumroad/contract";
import { Badge } from "../../platform/ui/badge.tsx";
import { saleStateWords } from "./sale-words.ts";

/** How far a sale is. */
export function SaleBadge({ sale }: { sale: SaleCard }) {
  const words = saleStateWords(sale);
  return <Badge look={words === "Paid" ? "good" : "plain"}>{words}</Badge>;
}
