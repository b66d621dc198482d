import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Product, ProductCard } from "@yumroad/contract";
import { type Client, race } from "@yumroad/testkit";
import { answered, refused, statuses } from "../expectations.ts";
import { newcomer } from "../people.ts";
import type { Theme } from "../scenario.ts";

const price = { amount: 1999, currency: "EUR" };

export const products: Theme = {
  title: "Products",
  scenarios: [
    {
      name: "a published product is there for everybody",
      rows: ["R74"],
      seenIn:
        "newcomer.spec.ts › R23: a newcomer follows a link, signs up, publishes, logs out, and leaves nothing behind",
      async run(env) {
        const { client, user } = await newcomer(env);
        const { slug } = await publish(client);
        const { json } = await answered(env.visitor().get<Product>(`/api/products/${slug}`), 200);
        assert.deepEqual({ price: json.price, store: json.store }, { price, store: user.store });
      },
    },
    {
      name: "a draft is its seller's alone: no page, no list, no store and no search shows it",
      rows: ["R74"],
      seenIn: "publishing.spec.ts › a draft is its seller's alone",
      async run(env) {
        const seller = await newcomer(env);
        const other = await newcomer(env);
        const { slug, name } = await publish(seller.client, { status: "draft" });
        for (const client of [env.visitor(), other.client, seller.client]) {
          await refused(client.get(`/api/products/${slug}`), "not_found");
          for (const path of ["/api/products?limit=100", `/api/stores/${seller.user.store.handle}`, searchFor(name)]) {
            assert.ok(!(await slugsAt(client, path)).includes(slug), path);
          }
        }
        await refused(other.client.get(`/api/me/products/${slug}`), "not_found");
        await answered(seller.client.get(`/api/me/products/${slug}`), 200);
        assert.deepEqual(await slugsAt(seller.client, "/api/me/products"), [slug]);
      },
    },
    {
      name: "somebody else's product is not there to be looked into, changed or deleted",
      rows: ["R74"],
      async run(env) {
        const owner = await newcomer(env);
        const attacker = await newcomer(env);
        const { slug, etag } = await publish(owner.client);
        const headers = { "If-Match": etag };
        await refused(attacker.client.get(`/api/me/products/${slug}`), "not_found");
        await refused(
          attacker.client.patch(`/api/products/${slug}`, { json: { name: "Stolen" }, headers }),
          "not_found",
        );
        await refused(attacker.client.delete(`/api/products/${slug}`), "not_found");
        const { json } = await answered(env.visitor().get<Product>(`/api/products/${slug}`), 200);
        assert.notEqual(json.name, "Stolen");
      },
    },
    {
      name: "a change names the version it is of: none is asked for, another one is refused",
      rows: ["R43"],
      seenIn:
        "editing.spec.ts › of two editors, the second undoes nothing of the first, and is asked about what both changed",
      async run(env) {
        const { client } = await newcomer(env);
        const { slug, etag } = await publish(client);
        const change = (name: string, headers = {}) =>
          client.patch(`/api/products/${slug}`, { json: { name }, headers });
        await refused(change("No version"), "precondition_required");
        await refused(change("Any version", { "If-Match": "*" }), "precondition_required");
        const changed = await answered(change("Second name", { "If-Match": `W/${etag}` }), 200);
        await refused(change("Third name", { "If-Match": etag }), "version_conflict");
        await answered(change("Third name", { "If-Match": changed.headers.etag ?? "" }), 200);
      },
    },
    {
      name: "of several changes to one version at once, one is made",
      rows: ["R43"],
      async run(env) {
        const { client } = await newcomer(env);
        const { slug, etag } = await publish(client);
        const headers = { "If-Match": etag };
        const answers = await race(5, (index) =>
          client.patch(`/api/products/${slug}`, { json: { name: `Name ${index}` }, headers }),
        );
        assert.deepEqual(statuses(answers), { 200: 1, 412: 4 });
      },
    },
    {
      name: "an address stays when the name changes, and buyers see the change at once",
      rows: ["R40"],
      seenIn: "editing.spec.ts › a product is changed, and its buyers see it",
      async run(env) {
        const { client } = await newcomer(env);
        const { slug, etag } = await publish(client);
        const buyer = env.visitor();
        const before = await answered(buyer.get(`/api/products/${slug}`), 200);
        const headers = { "If-Match": etag };
        await answered(client.patch(`/api/products/${slug}`, { json: { name: "Another name" }, headers }), 200);
        const kept = { "If-None-Match": before.headers.etag ?? "" };
        const after = await answered(buyer.get<Product>(`/api/products/${slug}`, { headers: kept }), 200);
        assert.deepEqual([after.json.name, after.json.slug], ["Another name", slug]);
      },
    },
    {
      name: "a deleted product is gone for everybody",
      rows: ["R74"],
      seenIn: "editing.spec.ts › a product is deleted once that was confirmed",
      async run(env) {
        const { client, user } = await newcomer(env);
        const { slug } = await publish(client);
        await answered(client.delete(`/api/products/${slug}`), 204);
        await refused(env.visitor().get(`/api/products/${slug}`), "not_found");
        await refused(client.get(`/api/me/products/${slug}`), "not_found");
        assert.deepEqual(await slugsAt(env.visitor(), `/api/stores/${user.store.handle}`), []);
      },
    },
    {
      name: "products of one name get addresses of their own, also at the same moment",
      rows: ["R51"],
      async run(env) {
        const { client } = await newcomer(env);
        const name = someName();
        const made = await Promise.all([1, 2, 3, 4].map(() => publish(client, { name })));
        assert.equal(new Set(made.map(({ slug }) => slug)).size, 4);
      },
    },
    {
      name: "what a name, a price or a description can't be is said at its field",
      rows: ["R52"],
      seenIn: "publishing.spec.ts › field by field",
      async run(env) {
        const { client } = await newcomer(env);
        const bad = [
          { name: "abc", price },
          { name: "x".repeat(61), price },
          { name: "Nul\0name", price },
          { name: "Good name", price: { amount: -1, currency: "EUR" } },
          { name: "Good name", price: { amount: 1.5, currency: "EUR" } },
          { name: "Good name", price: { amount: 100, currency: "XXX" } },
          { name: "Good name", price, description: "x".repeat(10_001) },
          { name: "Good name", price, status: "archived" },
          { name: "Good name", price, ownerId: "somebody" },
        ];
        for (const json of bad) {
          const { issues = [] } = (await refused(client.post("/api/products", { json }), "invalid_input")).json;
          assert.ok(issues.length > 0);
        }
        assert.deepEqual(await slugsAt(client, "/api/me/products"), []);
      },
    },
    {
      name: "a search finds what is published by the beginnings of its words",
      rows: ["R40"],
      seenIn: "publishing.spec.ts › a search finds a product by its words and keeps them in the address",
      async run(env) {
        const { client } = await newcomer(env);
        const { slug, name } = await publish(client);
        const [word = ""] = name.split(" ");
        assert.deepEqual(await slugsAt(env.visitor(), searchFor(word.slice(0, -2))), [slug]);
        assert.deepEqual(await slugsAt(env.visitor(), searchFor(`${word}zz`)), []);
      },
    },
    {
      name: "a store shows all that is published in it, page by page, and nothing of other stores",
      rows: ["R40"],
      seenIn: "browsing.spec.ts › a store shows all that is published in it, page by page, and nothing of other stores",
      async run(env) {
        const { client, user } = await newcomer(env);
        const other = await newcomer(env);
        await publish(other.client);
        const slugs = [await publish(client), await publish(client), await publish(client)].map(({ slug }) => slug);
        const path = `/api/stores/${user.store.handle}?limit=2`;
        const first = await answered(env.visitor().get<Page>(path), 200);
        const second = await answered(env.visitor().get<Page>(`${path}&cursor=${first.json.nextCursor}`), 200);
        assert.equal(second.json.nextCursor, null);
        const shown = [...first.json.items, ...second.json.items].map(({ slug }) => slug);
        assert.deepEqual(shown, slugs.toReversed());
      },
    },
    {
      name: "a description is text: markup in it stays what was typed",
      rows: ["R52"],
      async run(env) {
        const { client } = await newcomer(env);
        const description = '<script>alert(1)</script>\n[x](javascript:alert(1)) "quoted"';
        const { slug } = await publish(client, { description });
        const { json, headers } = await answered(env.visitor().get<Product>(`/api/products/${slug}`), 200);
        assert.equal(json.description, description);
        assert.match(String(headers["content-type"]), /^application\/json/);
      },
    },
  ],
};

interface Page {
  items: ProductCard[];
  nextCursor: string | null;
}

async function publish(client: Client, more: object = {}): Promise<{ slug: string; name: string; etag: string }> {
  const json = { name: someName(), price, ...more };
  const answer = await answered(client.post<Product>("/api/products", { json }), 201);
  return { slug: answer.json.slug, name: answer.json.name, etag: answer.headers.etag ?? "" };
}

async function slugsAt(client: Client, path: string): Promise<string[]> {
  return (await answered(client.get<Page>(path), 200)).json.items.map(({ slug }) => slug);
}

/** Two words that occur nowhere else, short enough for the search to look at every letter. */
function someName(): string {
  const word = () => [...randomBytes(8)].map((byte) => "abcdefghijklmnopqrstuvwxyz"[byte % 26]).join("");
  return `${word()} ${word()}`;
}

function searchFor(words: string): string {
  return `/api/products?q=${encodeURIComponent(words)}`;
}
