import {
  infiniteQueryOptions,
  keepPreviousData,
  type MutationFunction,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { type Answer, endpoints, type RefundInput, type Sale, type SaleCard, type SaleStatus } from "@yumroad/contract";
import { ApiError, call, callForFile } from "../../platform/lib/call.ts";
import { replaceInLists } from "../../platform/lib/replace-in-lists.ts";

const all = ["sales"] as const;

/** What the user's store still needs before it can take money. Refetched on every visit: an operator may have done it. */
export const readinessQuery = queryOptions({
  queryKey: ["sale-readiness"],
  queryFn: ({ client, signal }) => call(client, endpoints.sales.getReadiness, { signal }),
  staleTime: 0,
});

export type SalesPage = Answer<typeof endpoints.sales.list>;

interface SalesWanted {
  /** Beginning of an email or a reference. */
  q: string;
  /** Null: every status. */
  status: SaleStatus | null;
}

/** Orders of the user's store, the newest first; by default all. Refetched on every visit: their states change. */
export function salesQuery({ q, status }: SalesWanted = { q: "", status: null }) {
  return infiniteQueryOptions({
    queryKey: [...all, "list", q, status],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.sales.list, {
        query: {
          ...(q === "" ? {} : { q }),
          ...(status === null ? {} : { status }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Saved as a file at once, and kept no longer. */
export function useExportSales() {
  const queryClient = useQueryClient();
  return useMutation({
    gcTime: 0,
    mutationFn: () => callForFile(queryClient, endpoints.sales.export, "sales.csv"),
  });
}

/** Sums of the user's store in the time zone of this device. Refetched on every visit. */
export const salesSummaryQuery = queryOptions({
  queryKey: [...all, "summary"],
  queryFn: ({ client, signal }) => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    return call(client, endpoints.sales.summarize, { query: { zone }, signal });
  },
  staleTime: 0,
});

/** Sums by country, in years of the time zone of this device. Refetched on every visit. */
export const salesByCountryQuery = queryOptions({
  queryKey: [...all, "countries"],
  queryFn: ({ client, signal }) => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    return call(client, endpoints.sales.sumByCountry, { query: { zone }, signal });
  },
  staleTime: 0,
});

export function saleQuery(ref: string) {
  return queryOptions({
    queryKey: [...all, "one", ref],
    queryFn: ({ client, signal }) => call(client, endpoints.sales.get, { params: { ref }, signal }),
    staleTime: 0,
  });
}

/** Shows a changed sale on its page and in every loaded list. */
function updateSale(queryClient: QueryClient, sale: Sale) {
  queryClient.setQueryData(saleQuery(sale.ref).queryKey, sale);
  replaceInLists<SaleCard>(queryClient, [...all, "list"], sale, ({ ref }) => ref === sale.ref);
}

/** An action on a sale that answers with the sale as it is afterwards. */
function useSaleAction<Input = void>(act: MutationFunction<Sale, Input>) {
  const queryClient = useQueryClient();
  return useMutation({ mutationFn: act, onSuccess: (sale) => updateSale(queryClient, sale) });
}

/** True if the payment provider could not be asked. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ApiError && error.code === "payments_unavailable";
}

export function useCheckPayment(ref: string) {
  return useSaleAction((_, { client }) => call(client, endpoints.sales.check, { params: { ref } }));
}

export function useMarkAsPaid(ref: string) {
  return useSaleAction((_, { client }) => call(client, endpoints.sales.markAsPaid, { params: { ref } }));
}

export function useChangeAccess(ref: string) {
  return useSaleAction((hasAccess: boolean, { client }) =>
    call(client, endpoints.sales.changeAccess, { params: { ref }, body: { hasAccess } }),
  );
}

/** Loads a sale again, and shows it. */
export function useReloadSale(ref: string): () => Promise<Sale> {
  const queryClient = useQueryClient();
  return () => queryClient.fetchQuery(saleQuery(ref));
}

/** After a failure the sale is refetched: the refund may be stored although its answer did not arrive. */
export function useRefund(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (refund: RefundInput, { client }) =>
      call(client, endpoints.sales.refund, { params: { ref }, body: refund }),
    onSuccess: (sale) => updateSale(queryClient, sale),
    onError: () => void queryClient.invalidateQueries({ queryKey: saleQuery(ref).queryKey }),
  });
}

export function useResendReceipt(ref: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.sales.resend, { params: { ref } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: saleQuery(ref).queryKey }),
  });
}
