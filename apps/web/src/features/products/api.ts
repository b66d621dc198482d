import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { endpoints, type NewProduct } from "@yumroad/contract";
import { call } from "../../lib/call.ts";

// Every key begins with the noun: whatever changes a product spoils all of them at once.
const all = ["products"] as const;

/** Published products, newest first; `q` searches them. */
export function productsQuery(q = "") {
  return infiniteQueryOptions({
    queryKey: [...all, "list", q],
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.listProducts, {
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
    queryFn: ({ signal }) => call(endpoints.getProduct, { params: { slug }, signal }),
    meta: { isPublic: true },
  });
}

/** One's own products, in every status. */
export function ownProductsQuery() {
  return infiniteQueryOptions({
    queryKey: [...all, "own"],
    queryFn: ({ pageParam, signal }) =>
      call(endpoints.listOwnProducts, { query: pageParam === null ? {} : { cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
  });
}

export function useCreateProduct() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (product: NewProduct) => call(endpoints.createProduct, { body: product }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: all }),
  });
}
