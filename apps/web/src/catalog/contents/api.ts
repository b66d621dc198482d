import {
  type MutationFunction,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { type Content, type ContentChange, endpoints } from "@yumroad/contract";
import { ApiError, call } from "../../platform/lib/call.ts";
import { productQuery } from "../products/api.ts";
import { uploadsQuery } from "../uploads/api.ts";

const CHECK_EVERY_MS = 2000;

function isBeingChecked(items: readonly Content[] = []): boolean {
  return items.some(({ file }) => file?.state === "checking");
}

interface ContentList {
  items: Content[];
}

/** What buyers of one's own product get. Refetched whenever the page opens, never below a form that is filled in. */
export function contentsQuery(slug: string) {
  return queryOptions({
    queryKey: ["own-contents", slug],
    queryFn: ({ client, signal }) => call(client, endpoints.contents.list, { params: { slug }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // A file is checked for as long as it takes to read it.
    refetchInterval: ({ state }) => (isBeingChecked(state.data?.items) ? CHECK_EVERY_MS : false),
  });
}

/**
 * A write, which answers with the whole list. Writes of one product run one after the other, so that the last answer is
 * the newest list.
 */
function useWrite<Input>(slug: string, write: MutationFunction<ContentList, Input>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: write,
    scope: { id: `contents:${slug}` },
    onSuccess: (list) => {
      queryClient.setQueryData(contentsQuery(slug).queryKey, list);
      // The product's page lists the titles.
      void queryClient.invalidateQueries({ queryKey: productQuery(slug).queryKey });
    },
  });
}

/** Shows the contents of a product that a file was added to. */
export function takeContents(queryClient: QueryClient, slug: string, items: Content[]): void {
  queryClient.setQueryData(contentsQuery(slug).queryKey, { items });
  void queryClient.invalidateQueries({ queryKey: productQuery(slug).queryKey });
  void queryClient.invalidateQueries({ queryKey: uploadsQuery(slug).queryKey });
}

/** Adds a content at the end, or replaces the one with this id. */
export function useSaveContent(slug: string, id: string | null) {
  return useWrite(slug, (body: ContentChange, { client }) =>
    // A file is added by its upload.
    id === null && body.kind !== "file"
      ? call(client, endpoints.contents.create, { params: { slug }, body })
      : call(client, endpoints.contents.change, { params: { slug, id: id ?? "" }, body }),
  );
}

/** Puts the contents into the order of these ids. */
export function useReorderContents(slug: string) {
  return useWrite(slug, (ids: string[], { client }) =>
    call(client, endpoints.contents.reorder, { params: { slug }, body: { ids } }),
  );
}

export function useRemoveContent(slug: string) {
  return useWrite(slug, async ({ id }: Content, { client }) => {
    try {
      return await call(client, endpoints.contents.remove, { params: { slug, id } });
    } catch (error) {
      // It is gone already, which is the wanted result.
      if (!(error instanceof ApiError && error.code === "not_found")) throw error;
      return call(client, endpoints.contents.list, { params: { slug } });
    }
  });
}
