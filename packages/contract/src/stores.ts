import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page } from "./paging.ts";
import { ProductCard } from "./products.ts";
import { StoreRef } from "./store-ref.ts";

export const Handle = z.strictObject({
  handle: z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/), z.maxLength(80)),
});

export const storeEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/stores/:handle",
    access: "public",
    summary: "A store and its published products, newest first",
    params: Handle,
    query: PageQuery,
    success: { status: 200, body: z.extend(page(ProductCard), { store: StoreRef }) },
    cache: "shared",
    problems: [],
  }),
};
