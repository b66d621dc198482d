import type { Product } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { changeProduct } from "./change-product.ts";
import { deleteProduct } from "./delete-product.ts";
import { ownProduct } from "./policy.ts";
import { findPublished } from "./queries.ts";

describe("whose a product is", () => {
  let app: TestApp;
  let owner: Person;
  let slug: string;
  beforeAll(async () => {
    app = await createTestApp();
    owner = await app.signUp();
    const form = { name: "Field notes", price: { amount: 100, currency: "EUR" } };
    slug = (await owner.client.post<Product>("/api/products", { json: form })).json.slug;
  });
  afterAll(() => app.close());

  const context = () => ({ em: app.dependencies.database.fork(), clock: app.clock });

  it("is its owner's, and for anybody else it is not there", async () => {
    const other = await app.signUp();
    expect(await ownProduct(context(), { user: owner.user, slug })).toMatchObject({ slug, name: "Field notes" });
    expect(await ownProduct(context(), { user: other.user, slug })).toBeNull();
    expect(await ownProduct(context(), { user: owner.user, slug: "no-such-thing" })).toBeNull();
  });

  it("is proven to what changes or deletes it: a product that anybody can read does not compile", async () => {
    const product = await findPublished(app.dependencies.database, slug);
    if (!product) throw new Error("It is published");
    const writes = [
      // @ts-expect-error: ownership has not been checked.
      () => changeProduct(context(), { product, change: { name: "Other notes" } }),
      // @ts-expect-error: ownership has not been checked.
      () => deleteProduct(context(), product),
    ];
    expect(writes).toHaveLength(2);
  });
});
