import {
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  type Answer,
  endpoints,
  type NewProduct,
  type OwnProduct,
  type Product,
  type ProductChange,
  type ProductStatus,
} from "@yumroad/contract";
import { ApiError, call, callForVersion } from "../../platform/lib/call.ts";

// The common prefix of all product queries: a change of a product invalidates all.
const all = ["products"] as const;

/** Published products, newest first; `q` searches them. */
export function productsQuery(q = "") {
  return infiniteQueryOptions({
    queryKey: [...all, "list", q],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.products.list, {
        query: { ...(q === "" ? {} : { q }), ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    placeholderData: keepPreviousData,
    meta: { isPublic: true },
  });
}

export function productQuery(slug: string) {
  return queryOptions({
    queryKey: [...all, "one", slug],
    queryFn: ({ client, signal }) => call(client, endpoints.products.get, { params: { slug }, signal }),
    meta: { isPublic: true },
  });
}

/** Loads a product before its page is opened, so that the page is there at once. */
export function usePrefetchProduct(): (product: Pick<Product, "slug">) => void {
  const queryClient = useQueryClient();
  return ({ slug }) => void queryClient.prefetchQuery(productQuery(slug));
}

export type OwnProductsPage = Answer<typeof endpoints.products.listOwn>;

interface OwnProductsWanted {
  /** Part of the name. */
  q: string;
  /** Null: every status. */
  status: ProductStatus | null;
}

/** The user's products, newest first; by default all. */
export function ownProductsQuery({ q, status }: OwnProductsWanted = { q: "", status: null }) {
  return infiniteQueryOptions({
    queryKey: [...all, "own", q, status],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.products.listOwn, {
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
  });
}

/**
 * One of the user's products with its version, for editing. Refetched whenever the form opens, never in the background;
 * and not part of `all`, because a refetch after its deletion would only fail.
 */
export function ownProductQuery(slug: string) {
  return queryOptions({
    queryKey: ["own-product", slug],
    queryFn: ({ client, signal }) => loadOwnProduct(client, { slug, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export interface VersionedProduct {
  product: OwnProduct;
  version: string;
}

/** The newest version, bypassing every cache. */
async function loadOwnProduct(
  client: QueryClient,
  { slug, ...input }: { slug: string; signal?: AbortSignal },
): Promise<VersionedProduct> {
  const { answer, version } = await callForVersion(client, endpoints.products.getOwn, { params: { slug }, ...input });
  return { product: answer, version };
}

/**
 * The outcome of a change: it is saved, it conflicts with another change (which is included), or the product is gone.
 */
export type UpdateOutcome = { kind: "saved" | "conflict"; now: VersionedProduct } | { kind: "gone" };

interface Update {
  slug: string;
  change: ProductChange;
  version: string;
}

async function updateProduct(client: QueryClient, { slug, change, version }: Update): Promise<UpdateOutcome> {
  try {
    const input = { params: { slug }, body: change, ifMatch: version };
    const changed = await callForVersion(client, endpoints.products.update, input);
    return { kind: "saved", now: { product: changed.answer, version: changed.version } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "not_found") return { kind: "gone" };
    if (error.code !== "version_conflict") throw error;
    return { kind: "conflict", now: await loadOwnProduct(client, { slug }) };
  }
}

export function useUpdateProduct(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, version }: { change: ProductChange; version: string }, { client }) =>
      updateProduct(client, { slug, change, version }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

export function useDeleteProduct(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(queryClient, endpoints.products.delete, { params: { slug } }),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: productQuery(slug).queryKey });
      return queryClient.invalidateQueries({ queryKey: all });
    },
  });
}

/**
 * A store and its published products. It begins with `products` too, because a change of one of those changes the
 * store.
 */
export function storeQuery(handle: string) {
  return infiniteQueryOptions({
    queryKey: [...all, "store", handle],
    queryFn: ({ client, pageParam, signal }) =>
      call(client, endpoints.stores.get, {
        params: { handle },
        query: pageParam === null ? {} : { cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    meta: { isPublic: true },
  });
}

export function useCreateProduct() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (product: NewProduct, { client }) => call(client, endpoints.products.create, { body: product }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}
