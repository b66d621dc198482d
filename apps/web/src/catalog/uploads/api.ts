import { queryOptions } from "@tanstack/react-query";
import { endpoints } from "@yumroad/contract";
import { call } from "../../platform/lib/call.ts";

/** Files of one's own product that are not uploaded to the end yet. */
export function uploadsQuery(slug: string) {
  return queryOptions({
    queryKey: ["own-uploads", slug],
    queryFn: ({ client, signal }) => call(client, endpoints.uploads.list, { params: { slug }, signal }),
    gcTime: 0,
  });
}
