import { type ContentTitle, endpoints, fault, PAGE_SIZE, type ShownPicture, type User } from "@yumroad/contract";
import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import { syncUserToSessions } from "../../identity/sessions/sync-user-to-sessions.ts";
import type { AccountExtension } from "../../identity/users/account-extension.ts";
import type { SessionUser } from "../../identity/users/lock-user-of-session.ts";
import type { Database } from "../../platform/db/database.ts";
import { requireVersion } from "../../platform/http/if-match.ts";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { answerWords } from "../../words/answers.ts";
import { findStore } from "../stores/queries.ts";
import { changeProduct } from "./change-product.ts";
import { createProduct } from "./create-product.ts";
import { type AwaitingPayment, deleteProduct } from "./delete-product.ts";
import { ownProduct } from "./policy.ts";
import {
  presentCard,
  presentOwnCard,
  presentOwnProduct,
  presentProduct,
  presentStore,
  versionTagOf,
} from "./present.ts";
import { findPublished, listPublished, listPublishedOfStore, searchOfOwner } from "./queries.ts";
import { searchProducts } from "./search-products.ts";

/** Reads the titles of what buyers of a product get. The folder of contents stands above this one. */
export type ListContentTitles = (database: Database, productId: string) => Promise<ContentTitle[]>;

/** Reads the pictures of a product that visitors see. Their folder stands above this one, too. */
export type ListShownPictures = (database: Database, productId: string) => Promise<ShownPicture[]>;

interface ProductNeeds {
  database: Database;
  limits: Limits;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
  isAwaitingPayment: AwaitingPayment;
  listContentTitles: ListContentTitles;
  listShownPictures: ListShownPictures;
}

export function serveProducts(serve: Serve<ProductNeeds>): void {
  servePublished(serve);
  serveOwnProducts(serve);
  serveChanges(serve);
}

function servePublished(serve: Serve<ProductNeeds>): void {
  serve(endpoints.products.list, async ({ ctx: { database }, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const page = pageWanted(query.cursor, limit);
    const rows =
      query.q === undefined
        ? await listPublished(database, page)
        : await searchProducts(database, { text: query.q, page });
    return { body: pageOf(rows, limit, presentCard) };
  });

  serve(endpoints.products.get, async ({ ctx, params }) => {
    const product = await findPublished(ctx.database, params.slug);
    if (!product) return new Refusal("not_found");
    const [contents, pictures] = await Promise.all([
      ctx.listContentTitles(ctx.database, product.id),
      product.coverId === null ? [] : ctx.listShownPictures(ctx.database, product.id),
    ]);
    return { body: { ...presentProduct(product), contents, pictures } };
  });

  // Served here, because a store's page lists products, and this folder may import the folder of stores, while that
  // folder may not import this one.
  serve(endpoints.stores.get, async ({ ctx: { database }, params, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const page = pageWanted(query.cursor, limit);
    const found = await findStore(database, params.handle);
    if (!found) return new Refusal("not_found");
    const rows = await listPublishedOfStore(database, found.id, page);
    return { body: { store: presentStore(found), ...pageOf(rows, limit, presentCard) } };
  });
}

function serveOwnProducts(serve: Serve<ProductNeeds>): void {
  serve(endpoints.products.listOwn, async ({ ctx, user, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const { q = null, status = null } = query;
    const page = pageWanted(query.cursor, limit);
    const rows = await searchOfOwner(ctx.database, { ownerId: user.id, q, status, page });
    return { body: pageOf(rows, limit, presentOwnCard) };
  });

  serve(endpoints.products.getOwn, async ({ ctx, user, params }) => {
    const product = await ownProduct(ctx, { user, slug: params.slug });
    return product
      ? { body: presentOwnProduct(product), headers: { ETag: versionTagOf(product) } }
      : new Refusal("not_found");
  });
}

function sessionUser({ sessions }: ProductNeeds, req: Request, { id }: User): SessionUser {
  return { id, loggedInAt: sessions.current(req)?.loggedInAt ?? 0 };
}

function refuseTakenDown(reason: string): Refusal {
  return new Refusal("taken_down", { detail: answerWords.takenDown(reason) });
}

function serveChanges(serve: Serve<ProductNeeds>): void {
  serve(endpoints.products.create, async ({ ctx, user, body, req }) => {
    const outcome = await createProduct(ctx, { owner: sessionUser(ctx, req, user), product: body });
    if (outcome.kind === "taken_down") return refuseTakenDown(outcome.reason);
    if (outcome.kind !== "created") return new Refusal(outcome.kind);
    const { product } = outcome;
    if (outcome.isStoreNew) await syncUserToSessions(ctx, user.id);
    // A draft has no public address: only its owner can read it.
    const { path } = endpoints.products[product.status === "published" ? "get" : "getOwn"];
    const headers = { Location: path.replace(":slug", product.slug), ETag: versionTagOf(product) };
    return { body: presentOwnProduct(product), headers };
  });

  serve(endpoints.products.update, async ({ ctx, user, params, body, req }) => {
    const product = await ownProduct(ctx, { user, slug: params.slug });
    if (!product) return new Refusal("not_found");
    requireVersion(req, versionTagOf(product));
    const outcome = await changeProduct(ctx, { owner: sessionUser(ctx, req, user), product, change: body });
    if (outcome.kind === "changed_meanwhile") return new Refusal("version_conflict");
    if (outcome.kind === "price_unchecked") {
      const issues = [{ path: ["price"], message: fault("price_unchecked") }];
      return new Refusal("invalid_input", { issues });
    }
    if (outcome.kind === "terms_invalid") return new Refusal("invalid_input", { issues: outcome.issues });
    if (outcome.kind === "taken_down") return refuseTakenDown(outcome.reason);
    if (outcome.kind !== "changed") return new Refusal(outcome.kind);
    return { body: presentOwnProduct(outcome.product), headers: { ETag: versionTagOf(outcome.product) } };
  });

  serve(endpoints.products.delete, async ({ ctx, user, params }) => {
    const product = await ownProduct(ctx, { user, slug: params.slug });
    if (!product) return new Refusal("not_found");
    await deleteProduct(ctx, product);
    return { body: undefined };
  });
}
