import { useQuery } from "@tanstack/react-query";
import { endpoints, type Product } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { formatMoney, formatPrice } from "../../platform/lib/format.ts";
import { checkoutWords } from "../../words/checkout.ts";
import classes from "./discounted-price.module.css";

interface DiscountedPriceProps {
  product: Pick<Product, "slug" | "price" | "pricing">;
  /** The discount code of the page's address. */
  code: string;
}

/** The price of a product with a discount code. Until the shop has answered, and for a code that is no good, the price. */
export function DiscountedPrice({ product, code }: DiscountedPriceProps) {
  const { slug } = product;
  const { data: quote } = useQuery({
    queryKey: ["products", slug, "quote", code],
    queryFn: ({ client, signal }) =>
      call(client, endpoints.checkout.quote, { params: { slug }, body: { code }, signal }),
    retry: false,
    meta: { isPublic: true },
  });
  if (!quote) return formatPrice(product);
  return (
    <>
      <s className={classes.before}>{formatPrice(product)}</s> {formatMoney(quote.total)}
      <span className={classes.code}>{checkoutWords.discount.withCode(quote.discount.code)}</span>
    </>
  );
}
