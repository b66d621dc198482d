import { endpoints, type ListedStore, PAGE_SIZE, type ReviewedProduct } from "@yumroad/contract";
import { pageOf, pageWanted } from "../../platform/http/paging.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import { asOperator } from "../operators/as-operator.ts";
import { presentListedStore, presentReviewedProduct, presentTakenDownProduct } from "./present.ts";
import { listStores, listTakenDownProducts, type ProductOfOperator, type StoreOfOperator } from "./queries.ts";
import { putBackProduct, takeDownProduct } from "./take-down-product.ts";
import { putBackStore, takeDownStore } from "./take-down-store.ts";

interface TakeDownNeeds {
  mailer: MailQueue;
}

export function serveTakeDown(serve: Serve<TakeDownNeeds>): void {
  serve(endpoints.operator.listStores, async ({ ctx, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const stores = await listStores(ctx.em, { start: query.q, ...pageWanted(query.cursor, limit) });
    return { body: pageOf(stores, limit, presentListedStore) };
  });

  serve(endpoints.operator.takeDownStore, async ({ ctx, user, params, body }) =>
    answerStore(await takeDownStore(asOperator(ctx, user), { ...params, ...body })),
  );

  serve(endpoints.operator.putBackStore, async ({ ctx, user, params }) =>
    answerStore(await putBackStore(asOperator(ctx, user), params.handle)),
  );

  serve(endpoints.operator.listTakenDownProducts, async ({ ctx, query }) => {
    const limit = query.limit ?? PAGE_SIZE.usual;
    const products = await listTakenDownProducts(ctx.em, pageWanted(query.cursor, limit));
    return { body: pageOf(products, limit, presentTakenDownProduct) };
  });

  serve(endpoints.operator.takeDownProduct, async ({ ctx, user, params, body }) =>
    answerProduct(await takeDownProduct(asOperator(ctx, user), { ...params, ...body })),
  );

  serve(endpoints.operator.putBackProduct, async ({ ctx, user, params }) =>
    answerProduct(await putBackProduct(asOperator(ctx, user), params.slug)),
  );
}

function answerStore(store: StoreOfOperator | null): { body: ListedStore } | Refusal {
  return store ? { body: presentListedStore(store) } : new Refusal("not_found");
}

function answerProduct(product: ProductOfOperator | null): { body: ReviewedProduct } | Refusal {
  return product ? { body: presentReviewedProduct(product) } : new Refusal("not_found");
}
