import { useQuery } from "@tanstack/react-query";
import { endpoints, type Quote } from "@yumroad/contract";
import { useState } from "react";
import { call } from "../../platform/lib/call.ts";

interface QuoteInput {
  slug: string;
  /** The code that a link or an earlier visit has filled in; empty: none. */
  firstCode: string;
  /** The order that the page may have begun keeps its discount. */
  attempt: string;
}

/** A discount code at the checkout, and what the product costs with it. */
export interface DiscountQuote {
  /** The code that was asked about; empty: none. */
  code: string;
  setCode(code: string): void;
  /** Null: no code, or none that can be used. */
  quote: Quote | null;
  error: Error | null;
  isBusy: boolean;
  /** Asks again. */
  refresh(): Promise<unknown>;
}

export function useQuote({ slug, firstCode, attempt }: QuoteInput): DiscountQuote {
  const [code, setCode] = useState(firstCode);
  const isAsked = code !== "";
  const result = useQuery({
    queryKey: ["checkout", slug, "quote", code],
    queryFn: ({ client, signal }) =>
      call(client, endpoints.checkout.quote, { params: { slug }, body: { code, attempt }, signal }),
    enabled: isAsked,
    // The total that the buyer sees changes only when they look: the order is checked against it.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    meta: { isPublic: true },
  });
  return {
    code,
    setCode,
    quote: (isAsked && result.data) || null,
    error: isAsked ? result.error : null,
    isBusy: isAsked && result.isFetching,
    refresh: async () => (isAsked ? result.refetch() : null),
  };
}
