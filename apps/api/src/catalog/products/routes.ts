import { endpoints, PAGE_SIZE } from "@yumroad/contract";
import type { Dependencies } from "../../dependencies.ts";
import { requireVersion } from "../../platform/http/if-match.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { createServe } from "../../platform/http/serve.ts";
import { findStore } from "../stores/queries.ts";
import { changeProduct } from "./change-product.ts";
import { createProduct } from "./create-product.ts";
import { deleteProduct } from "./delete-product.ts";
import { presentCard, presentProduct, versionTagOf } from "./present.ts";
import {
  findOfOwner,
  findPublished,
  listOfOwner,
  listPublished,
  listPublishedOfStore,
  searchPublished,
} from "./queries.ts";

type Serve = ReturnType<typeof createServe>["serve"];

export function serveProducts(serve: Serve, { database, clock }: Dependencies): void {
  serve(endpoints.listProducts, async ({ query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const page = pageWanted(query.cursor, limit);
    const rows =
      query.q === undefined ? await listPublished(database, page) : await searchPublished(database, page, query.q);
    return { body: pageOf(rows, limit, presentCard) };
  });

  serve(endpoints.getProduct, async ({ params }) => {
    const product = await findPublished(database, params.slug);
    return product ? { body: presentProduct(product) } : new Refusal("not_found");
  });

  serve(endpoints.createProduct, async ({ user, body }) => {
    const product = await createProduct({ em: database.fork(), clock }, user.id, body);
    // The account was deleted while this request was under way.
    if (!product) return new Refusal("unauthenticated");
    // A draft is at its owner's address alone.
    const place = product.status === "published" ? "/api/products" : "/api/me/products";
    const headers = { Location: `${place}/${product.slug}`, ETag: versionTagOf(product) };
    return { body: presentProduct(product), headers };
  });

  serve(endpoints.updateProduct, async ({ user, params, body, req }) => {
    const em = database.fork();
    const product = await findOfOwner(em, user.id, params.slug);
    if (!product) return new Refusal("not_found");
    requireVersion(req, versionTagOf(product));
    const outcome = await changeProduct({ em, clock }, { ownerId: user.id, product }, body);
    if (outcome.kind === "changed_meanwhile") return new Refusal("version_conflict");
    return { body: presentProduct(outcome.product), headers: { ETag: versionTagOf(outcome.product) } };
  });

  serve(endpoints.deleteProduct, async ({ user, params }) => {
    const em = database.fork();
    const product = await findOfOwner(em, user.id, params.slug);
    if (!product) return new Refusal("not_found");
    await deleteProduct(em, product);
    return { body: undefined };
  });

  serve(endpoints.listOwnProducts, async ({ user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const rows = await listOfOwner(database, user.id, pageWanted(query.cursor, limit));
    return { body: pageOf(rows, limit, presentCard) };
  });

  serve(endpoints.getOwnProduct, async ({ user, params }) => {
    const product = await findOfOwner(database.fork(), user.id, params.slug);
    return product
      ? { body: presentProduct(product), headers: { ETag: versionTagOf(product) } }
      : new Refusal("not_found");
  });

  // A store is its products, so this stands with them.
  serve(endpoints.getStore, async ({ params, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const page = pageWanted(query.cursor, limit);
    const store = await findStore(database.fork(), params.handle);
    if (!store) return new Refusal("not_found");
    const rows = await listPublishedOfStore(database, store.id, page);
    return { body: { store: { handle: store.handle, name: store.name }, ...pageOf(rows, limit, presentCard) } };
  });
}
