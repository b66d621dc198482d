import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { endpoints, type NewProduct, type OwnProduct, type ProductChange } from "@yumroad/contract";
import { ApiError, call, callForVersion } from "../../platform/lib/call.ts";

// The common prefix of all product queries: a change of a product invalidates all.
const all = ["products"] as const;

/** Published products, newest first; `q` searches them. */
export function productsQuery(q = "") {
  return infiniteQueryOptions({
    queryKey: [...all, "list", q],
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.products.list, {
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
    queryFn: ({ signal }) => call(endpoints.products.get, { params: { slug }, signal }),
    meta: { isPublic: true },
  });
}

/** The user's products in every status. */
export function ownProductsQuery() {
  return infiniteQueryOptions({
    queryKey: [...all, "own"],
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.products.listOwn, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

/**
 * One of the user's products with its version, for editing. Refetched whenever the form opens, never in the background;
 * and not part of `all`, because a refetch after its deletion would only fail.
 */
export function ownProductQuery(slug: string) {
  return queryOptions({
    queryKey: ["own-product", slug],
    queryFn: ({ signal }) => loadOwnProduct(slug, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export interface VersionedProduct {
  product: OwnProduct;
  version: string;
}

/** The newest version, bypassing every cache. */
async function loadOwnProduct(slug: string, signal?: AbortSignal): Promise<VersionedProduct> {
  const { answer, version } = await callForVersion(endpoints.products.getOwn, {
    params: { slug },
    ...(signal ? { signal } : {}),
  });
  return { product: answer, version };
}

/**
 * The outcome of a change: it is saved, it conflicts with another change (which is included), or the product is gone.
 */
export type UpdateOutcome = { kind: "saved" | "conflict"; now: VersionedProduct } | { kind: "gone" };

async function updateProduct(slug: string, change: ProductChange, version: string): Promise<UpdateOutcome> {
  try {
    const input = { params: { slug }, body: change, ifMatch: version };
    const changed = await callForVersion(endpoints.products.update, input);
    return { kind: "saved", now: { product: changed.answer, version: changed.version } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "not_found") return { kind: "gone" };
    if (error.code !== "version_conflict") throw error;
    return { kind: "conflict", now: await loadOwnProduct(slug) };
  }
}

export function useUpdateProduct(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ change, version }: { change: ProductChange; version: string }) =>
      updateProduct(slug, change, version),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}

export function useDeleteProduct(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => call(endpoints.products.delete, { params: { slug } }),
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
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.stores.get, {
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
    mutationFn: (product: NewProduct) => call(endpoints.products.create, { body: product }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}
