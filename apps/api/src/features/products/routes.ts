import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import { Refusal } from "../../http/problem.ts";
import type { createServe } from "../../http/serve.ts";
import { decodeCursor } from "../../lib/cursor.ts";
import { createProduct } from "./create-product.ts";
import { presentPage, presentProduct, versionTagOf } from "./present.ts";
import { findOfOwner, findPublished, listOfOwner, listPublished, type PageWanted } from "./queries.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveProducts(serve: Serve, { database, clock }: Dependencies): void {
  serve(endpoints.listProducts, async ({ query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listPublished(database.fork(), pageWanted(query.cursor, limit), query.q ?? null);
    return { body: presentPage(rows, limit) };
  });

  serve(endpoints.getProduct, async ({ params }) => {
    const product = await findPublished(database.fork(), params.slug);
    return product ? { body: presentProduct(product) } : new Refusal("not_found");
  });

  serve(endpoints.createProduct, async ({ user, body }) => {
    const product = await createProduct({ em: database.fork(), clock }, user.id, body);
    const headers = { Location: `/api/products/${product.slug}`, ETag: versionTagOf(product) };
    return { body: presentProduct(product), headers };
  });

  serve(endpoints.listOwnProducts, async ({ user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listOfOwner(database.fork(), user.id, pageWanted(query.cursor, limit));
    return { body: presentPage(rows, limit) };
  });

  serve(endpoints.getOwnProduct, async ({ user, params }) => {
    const product = await findOfOwner(database.fork(), user.id, params.slug);
    return product
      ? { body: presentProduct(product), headers: { ETag: versionTagOf(product) } }
      : new Refusal("not_found");
  });
}

/** One row more than the page holds, to learn whether there is another page. */
function pageWanted(cursor: string | undefined, limit: number): PageWanted {
  const afterId = cursor === undefined ? null : decodeCursor(cursor);
  if (cursor !== undefined && afterId === null) {
    throw new Refusal("invalid_input", {
      issues: [{ path: ["query", "cursor"], message: "This is not a cursor of ours" }],
    });
  }
  return { afterId, limit: limit + 1 };
}
