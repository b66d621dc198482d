import {
  type MutationFunction,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { endpoints, type Picture, type PictureInput } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";
import { ownProductQuery, productQuery } from "../products/api.ts";
import { uploadsQuery } from "../uploads/api.ts";

const CHECK_EVERY_MS = 2000;

interface PictureList {
  items: Picture[];
}

/** Pictures of one's own product, the cover first. */
export function picturesQuery(slug: string) {
  return queryOptions({
    queryKey: ["own-pictures", slug],
    queryFn: ({ client, signal }) => call(client, endpoints.pictures.list, { params: { slug }, signal }),
    gcTime: 0,
    // Making the sizes takes a few seconds.
    refetchInterval: ({ state }) =>
      state.data?.items.some((picture) => picture.state === "preparing") ? CHECK_EVERY_MS : false,
  });
}

/** Asks again for everything that shows the pictures of a product. */
export function refreshPictures(queryClient: QueryClient, slug: string): void {
  for (const { queryKey } of [picturesQuery(slug), uploadsQuery(slug), productQuery(slug), ownProductQuery(slug)])
    void queryClient.invalidateQueries({ queryKey });
}

/** A write, which answers with the whole list. Writes of one product run one after the other. */
function useWrite<Input>(slug: string, write: MutationFunction<PictureList, Input>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: write,
    scope: { id: `pictures:${slug}` },
    onSuccess: (list) => {
      queryClient.setQueryData(picturesQuery(slug).queryKey, list);
      void queryClient.invalidateQueries({ queryKey: productQuery(slug).queryKey });
    },
  });
}

export function useDescribePicture(slug: string, id: string) {
  return useWrite(slug, (body: PictureInput, { client }) =>
    call(client, endpoints.pictures.change, { params: { slug, id }, body }),
  );
}

/** Puts the pictures into the order of these ids. */
export function useReorderPictures(slug: string) {
  return useWrite(slug, (ids: string[], { client }) =>
    call(client, endpoints.pictures.reorder, { params: { slug }, body: { ids } }),
  );
}

export function useRemovePicture(slug: string) {
  return useWrite(slug, ({ id }: Picture, { client }) =>
    call(client, endpoints.pictures.remove, { params: { slug, id } }),
  );
}
