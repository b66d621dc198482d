import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { type Answer, endpoints, type ListedStore } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { replaceInLists } from "../../platform/lib/replace-in-lists.ts";

const storesKey = ["stores"] as const;

export type StoresPage = Answer<typeof endpoints.operator.listStores>;

/** All stores, newest first; `q` searches them. */
export function storesQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: [...storesKey, q],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.operator.listStores, {
        query: { ...(q === "" ? {} : { q }), ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}

/** Replaces the store in every loaded list. Its products are public, or not any more. */
function updateStore(queryClient: QueryClient, store: ListedStore) {
  replaceInLists(queryClient, storesKey, store, ({ handle }) => handle === store.handle);
  return queryClient.invalidateQueries({ queryKey: ["products"] });
}

export function useTakeDownStore(handle: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (reason: string, { client }) =>
      call(client, endpoints.operator.takeDownStore, { params: { handle }, body: { reason } }),
    onSuccess: (store) => updateStore(queryClient, store),
  });
}

export function usePutBackStore(handle: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.operator.putBackStore, { params: { handle } }),
    onSuccess: (store) => updateStore(queryClient, store),
  });
}

const takenDownKey = ["taken-down-products"] as const;

/** The products that are taken down, the latest first. */
export const takenDownProductsQuery = infiniteQueryOptions({
  queryKey: takenDownKey,
  queryFn: ({ client, pageParam, signal }) =>
    call(client, endpoints.operator.listTakenDownProducts, {
      query: pageParam === null ? {} : { cursor: pageParam },
      signal,
    }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.nextCursor,
});

/** The lists' counts of published products and the public lists change with a product. */
function refetchLists(queryClient: QueryClient) {
  void queryClient.invalidateQueries({ queryKey: storesKey });
  void queryClient.invalidateQueries({ queryKey: takenDownKey });
  return queryClient.invalidateQueries({ queryKey: ["products"] });
}

export function useTakeDownProduct() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ slug, reason }: { slug: string; reason: string }, { client }) =>
      call(client, endpoints.operator.takeDownProduct, { params: { slug }, body: { reason } }),
    onSuccess: () => refetchLists(queryClient),
  });
}

export function usePutBackProduct() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (slug: string, { client }) => call(client, endpoints.operator.putBackProduct, { params: { slug } }),
    onSuccess: () => refetchLists(queryClient),
  });
}
