import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { endpoints, UPLOADS_PATH } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

/** Files of one's own product that are not uploaded to the end yet. */
export function uploadsQuery(slug: string) {
  return queryOptions({
    queryKey: ["own-uploads", slug],
    queryFn: ({ client, signal }) => call(client, endpoints.uploads.list, { params: { slug }, signal }),
    gcTime: 0,
  });
}

/** Deletes what the server has of an upload that was begun in another tab. */
export function useCancelUpload(slug: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const { Upload } = await import("tus-js-client");
      await Upload.terminate(`${UPLOADS_PATH}/${id}`);
    },
    // Also after a failure: it may be gone already.
    onSettled: () => queryClient.invalidateQueries({ queryKey: uploadsQuery(slug).queryKey }),
  });
}
