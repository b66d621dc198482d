import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";

/** A page of a list, as the API answers it. */
interface Page<Item> {
  items: readonly Item[];
}

/** Replaces an item in every loaded list whose key begins with `queryKey`. */
export function replaceInLists<Item>(
  queryClient: QueryClient,
  queryKey: QueryKey,
  item: Item,
  isSame: (other: Item) => boolean,
): void {
  queryClient.setQueriesData<InfiniteData<Page<Item>>>(
    { queryKey },
    (known) =>
      known && {
        ...known,
        pages: known.pages.map((page) => ({
          ...page,
          items: page.items.map((other) => (isSame(other) ? item : other)),
        })),
      },
  );
}
