import { NewProduct, type Product } from "@yumroad/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";
import { changeProduct } from "./change-product.ts";
import { createProduct } from "./create-product.ts";
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

  const context = () => {
    const { database, clock, limits } = app.dependencies;
    return { em: database.fork(), clock, limits };
  };

  it("is its owner's, and for anybody else it is not there", async () => {
    const other = await app.signUp();
    expect(await ownProduct(context(), { user: owner.user, slug })).toMatchObject({ slug, name: "Field notes" });
    expect(await ownProduct(context(), { user: other.user, slug })).toBeNull();
    expect(await ownProduct(context(), { user: owner.user, slug: "no-such-thing" })).toBeNull();
  });

  it("is proven to what changes or deletes it: a product that anybody can read does not compile", async () => {
    const product = await findPublished(app.dependencies.database, slug);
    if (!product) throw new Error("It is published");
    const owner = { id: "", loggedInAt: 0 };
    const writes = [
      // @ts-expect-error: ownership has not been checked.
      () => changeProduct(context(), { owner, product, change: { name: "Other notes" } }),
      // @ts-expect-error: ownership has not been checked.
      () => deleteProduct(context(), product),
    ];
    expect(writes).toHaveLength(2);
  });

  it("R65: publishes nothing for a session that a request for deletion is about to end", async () => {
    const person = await app.signUp();
    const price = { amount: 100, currency: "EUR" } as const;
    const { json } = await person.client.post<Product>("/api/products", { json: { name: "Field notes", price } });
    const owner = { id: person.user.id, loggedInAt: app.clock.now() };
    app.clock.advance("1s");
    await person.client.post("/api/account/deletion");

    const product = NewProduct.parse({ name: "Too late", price });
    expect(await createProduct(context(), { owner, product })).toEqual({ kind: "unauthenticated" });
    const known = await ownProduct(context(), { user: person.user, slug: json.slug });
    if (!known) throw new Error("It is archived");
    const change = { status: "published" } as const;
    expect(await changeProduct(context(), { owner, product: known, change })).toEqual({ kind: "unauthenticated" });
    expect((await app.visitor().get(`/api/products/${json.slug}`)).status).toBe(404);

    const later = { ...owner, loggedInAt: app.clock.now() };
    expect(await changeProduct(context(), { owner: later, product: known, change })).toEqual({
      kind: "deletion_pending",
    });
  });
});
