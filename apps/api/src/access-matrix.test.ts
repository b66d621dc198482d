import { randomUUID } from "node:crypto";
import {
  allEndpoints,
  type Content,
  type Discount,
  type Endpoint,
  needsUser,
  type Picture,
  type Problem,
  type Product,
  type SessionSummary,
} from "@yumroad/contract";
import type { Actors, Client } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineShopActors, type ShopActors } from "../test/actors.ts";
import { addPasskey } from "../test/passkey-device.ts";
import { dumpStoredData } from "../test/stored-data.ts";
import { createTestApp, describeOnEachStore, type Person, type TestApp, whoIs } from "../test/test-app.ts";
import { beginUpload, uploadFile } from "../test/uploading.ts";

// Calls every endpoint with every method as every kind of caller: the expected status follows from the endpoint's
// access in the contract alone.

/** The facts about a caller that the contract's `access`, `whose` and `fresh` ask for. */
interface Caller {
  isUser?: boolean;
  isPending?: boolean;
  isFresh?: boolean;
  isOperator?: boolean;
  /** True when the things that the addresses name belong to the caller, who has also ordered what they name. */
  isOwner?: boolean;
}

const CALLERS: Record<keyof ShopActors, Caller> = {
  anonymous: {},
  loggedOut: {},
  disabled: {},
  pending: { isPending: true },
  stale: { isUser: true, isOwner: true },
  owner: { isUser: true, isOwner: true, isFresh: true },
  other: { isUser: true, isFresh: true },
  operator: { isUser: true, isFresh: true, isOperator: true },
};

type PersonName = keyof ShopActors;

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const paths = [...new Set(allEndpoints.map(([, { path }]) => path))];
const people = Object.entries(CALLERS) as [PersonName, Caller][];
const size = paths.length * METHODS.length * people.length;
process.stdout.write(
  `access matrix: ${paths.length} addresses × ${METHODS.length} methods × ${people.length} actors = ${size} answers\n`,
);

describeOnEachStore("the access matrix", (store) => {
  let app: TestApp;
  let actors: Actors<ShopActors>;
  let everybody: ShopActors;
  /** Existing things of the owner, by the path that names one. */
  const things = new Map<string, string>();
  let storedBefore: string;

  const price = { amount: 100, currency: "EUR" };

  beforeAll(async () => {
    app = await createTestApp({ sessions: store });
    const account = await app.signUp({ name: "Mira Okafor" });
    await account.client.post("/api/products", { json: { name: "Real product", price } });
    await account.client.post("/api/products", { json: { name: "Real draft", price, status: "draft" } });
    const note = { kind: "note", title: "Thank you", body: "For reading." };
    const { json: contents } = await account.client.post<{ items: Content[] }>("/api/products/real-draft/contents", {
      json: note,
    });
    const begun = await beginUpload(account.client, { slug: "real-draft", name: "a.pdf", bytes: Buffer.alloc(9) });
    const upload = String(begun.headers.location).split("/").at(-1);
    await uploadFile(account.client, { slug: "real-draft", name: "a.png", bytes: Buffer.alloc(9), isPicture: true });
    const { json: pictures } = await account.client.get<{ items: Picture[] }>("/api/products/real-draft/pictures");
    const off = { kind: "percent", percent: 10 };
    const { json: discount } = await account.client.post<Discount>("/api/discounts", { json: { code: "TEN", off } });
    const { passkey } = await addPasskey(account);
    actors = defineShopActors(app, account);
    everybody = await actors.makeAll();
    await everybody.other.client.post("/api/products", { json: { name: "Other product", price } });
    await everybody.operator.client.post("/api/products", { json: { name: "Operator's product", price } });
    const ref = await orderFree(everybody.other.client, account);
    const sale = await orderFree(account.client, everybody.other);
    const withdrawal = await withdrawFrom(sale);
    await actors.tellApart(everybody);

    const { json } = await everybody.owner.client.get<{ items: SessionSummary[] }>("/api/account/sessions");
    const elsewhere = json.items.find(({ isCurrent }) => !isCurrent)?.handle ?? "";
    const idsOf = (path: string) => {
      if (path.startsWith("/api/discounts/")) return discount.id;
      if (path.startsWith("/api/uploads/")) return upload;
      if (path.includes("/pictures/")) return pictures.items[0]?.id;
      return path.includes("/contents/") ? contents.items[0]?.id : undefined;
    };
    for (const path of paths.filter((path) => path.includes(":"))) {
      const isOfDraft = /^\/api\/me\/products\/|\/contents|\/content-order$|\/picture|\/uploads$/.test(path);
      const handle = path.startsWith("/api/account/passkeys/") ? passkey.handle : elsewhere;
      const names: Record<string, string | undefined> = {
        ":slug": isOfDraft ? "real-draft" : "real-product",
        ":handle": path.includes("/stores/") ? "mira-okafor" : handle,
        ":id": idsOf(path) ?? account.user.id,
        ":ref": path.startsWith("/api/sales/") ? sale : ref,
        ":withdrawal": withdrawal,
        ":session": "A".repeat(43),
        ":provider": "demo",
      };
      things.set(
        path,
        path.replace(/:\w+/g, (name) => names[name] ?? name),
      );
    }
    // Renews every session now, so that no later request writes one.
    for (const { client } of Object.values(everybody)) await whoIs(client);
    storedBefore = await onceStill();
  });
  afterAll(() => app.close());

  /** Orders a free product of the seller. The app has no payment provider, and a free order needs none. */
  async function orderFree(
    seller: Client,
    { client, email = "other@example.com" }: Pick<Person, "client"> & { email?: string },
  ): Promise<string> {
    const free = { amount: 0, currency: "EUR" };
    const { json: product } = await seller.post<Product>("/api/products", {
      json: { name: "Free sample", price: free },
    });
    const { json, status } = await client.post<{ ref: string }>(`/api/products/${product.slug}/checkout`, {
      json: { email, seenPrice: free, attempt: randomUUID() },
    });
    expect(status).toBe(201);
    return json.ref;
  }

  /** Withdraws from an order whose buyer is `orderFree`'s usual one. Gives back the name of the statement. */
  async function withdrawFrom(order: string): Promise<string> {
    const [row] = await app.dependencies.database.read<{ email: string }>("select email from orders where ref = ?", [
      order,
    ]);
    const json = { name: "Other", contact: row?.email, order };
    const { json: made } = await everybody.other.client.post<{ ref: string }>("/api/withdrawals", { json });
    await app.dependencies.workers.withdrawals.run();
    return made.ref;
  }

  /** Everything stored, once the writes that continue behind the last answers have finished. */
  async function onceStill(): Promise<string> {
    let before = "";
    for (let now = await dumpStoredData(app); now !== before; now = await dumpStoredData(app)) {
      before = now;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return before;
  }

  /** Only a local demo has a mail tray: elsewhere its addresses are 404 like any unknown one. */
  const isOfDemo = (path: string) => path.startsWith("/api/outbox");

  function endpointAt(path: string, method: string): Endpoint | undefined {
    const served = method === "HEAD" ? "GET" : method;
    return allEndpoints.find(([, endpoint]) => endpoint.path === path && endpoint.method === served)?.[1];
  }

  /** Demo payments exist only in a local demo. */
  const isDemoPayment = (path: string) => path.startsWith("/api/demo-payments");

  /**
   * The status that the contract implies for a caller. A caller with access gets 422 for the invalid query, so nothing
   * happens; where a body is no JSON, its media type is missing, which comes first.
   */
  function statusFor(path: string, method: string, person: Caller): number {
    if (isOfDemo(path)) return 404;
    const endpoint = endpointAt(path, method);
    if (!endpoint) return 405;
    const isReading = endpoint.method === "GET";
    const isSomebodyElses = endpoint.whose === "own" && isReading && !person.isOwner;
    if (isReading && isDemoPayment(path)) return 404;
    const refused = endpoint.rawBody ? 415 : 422;
    const goesOn = isReading ? endpoint.success.status : refused;
    switch (endpoint.access) {
      case "public":
      case "anyone":
        return isSomebodyElses ? 404 : goesOn;
      case "pending":
        return person.isPending ? goesOn : 401;
      case "user":
      case "seller":
      case "operator":
        if (!person.isUser) return 401;
        if (endpoint.access === "operator" && !person.isOperator) return 403;
        if (endpoint.fresh && !person.isFresh) return 403;
        return isSomebodyElses ? 404 : goesOn;
    }
  }

  async function ask(path: string, method: string, name: PersonName): Promise<number> {
    const address = things.get(path) ?? path;
    const isReading = method === "GET" || method === "HEAD" || !endpointAt(path, method);
    const { status } = await everybody[name].client.request({
      method,
      path: isReading ? address : `${address}?surprise=1`,
    });
    return status;
  }

  describe("the actors of the matrix", () => {
    it("R74: are who they are said to be", async () => {
      expect(actors.names.toSorted()).toEqual(Object.keys(CALLERS).sort());
      for (const [name, caller] of people) {
        const { client } = everybody[name];
        expect([name, (await whoIs(client)) !== null]).toEqual([name, caller.isUser ?? false]);
        const { json } = await client.get<{ secondFactors?: string[] }>("/api/auth/session");
        expect([name, json.secondFactors !== undefined]).toEqual([name, caller.isPending ?? false]);
      }
    });
  });

  describe("what everybody is answered, everywhere", () => {
    it.each(paths)("R74: %s answers each person by each method as its access says", async (path) => {
      const expected: Record<string, number> = {};
      const answered: Record<string, number> = {};
      for (const method of METHODS) {
        for (const [name, caller] of people) {
          expected[`${method}, ${name}`] = statusFor(path, method, caller);
          answered[`${method}, ${name}`] = await ask(path, method, name);
        }
      }
      expect(answered).toEqual(expected);
    });

    it("R74: nothing was changed by any of it", async () => {
      expect(await dumpStoredData(app)).toBe(storedBefore);
    });
  });

  describe("somebody else's things", () => {
    const PRIVATE = allEndpoints.filter(([, { whose }]) => whose === "own");

    /** Valid bodies of the endpoints that check theirs before they look for the thing. */
    const bodies: Record<string, object> = {
      "products.update": { name: "Real product" },
      "contents.reorder": { ids: [] },
      "pictures.reorder": { ids: ["00000000-0000-7000-8000-000000000000"] },
      "pictures.change": { alt: "Taken over" },
      "contents.create": { kind: "note", title: "Taken over", body: "By whom?" },
      "downloads.create": { content: "00000000-0000-7000-8000-000000000000" },
      "orders.changeEmail": { email: "new@example.com" },
      "discounts.change": { maxUses: 1 },
      "sales.changeAccess": { hasAccess: false },
      "withdrawals.settle": { outcome: "handled" },
      "sales.refund": { amount: 1, endsAccess: false, reason: "", attempt: randomUUID() },
      "contents.change": { kind: "link", title: "Taken over", body: "https://example.com" },
    };
    /** Statuses of what finds the thing and refuses: a free order has nothing to refund, and this shop sends no mail. */
    const refusals: Record<string, number> = {
      ...{
        "sales.markAsPaid": 409,
        "sales.refund": 409,
        "uploads.finish": 409,
        "contents.reorder": 412,
        "pictures.reorder": 412,
        "downloads.create": 410,
      },
      ...{ "sales.resend": 503, "orders.resend": 503, "orders.changeEmail": 503 },
    };
    const bodyOf = (name: string) => (name in bodies ? { json: bodies[name] } : {});

    it("R74: are found by the contract", () => {
      const ofAccounts = PRIVATE.filter(([, endpoint]) => needsUser(endpoint));
      expect(
        allEndpoints.filter(([, endpoint]) => endpoint.params && /^(?:user|seller)$/.test(endpoint.access)),
      ).toEqual(ofAccounts);
      expect(PRIVATE.map(([name]) => name).sort()).toEqual(
        [
          ...["products.delete", "sessions.end", "products.getOwn", "passkeys.remove", "products.update"],
          ...[
            "contents.list",
            "contents.create",
            "contents.change",
            "contents.reorder",
            "contents.remove",
            "pictures.list",
            "pictures.reorder",
            "pictures.change",
            "pictures.remove",
            "orders.get",
            "orders.check",
          ],
          ...["orders.resend", "orders.changeEmail", "sales.get", "sales.check", "sales.markAsPaid", "sales.refund"],
          ...["sales.changeAccess", "sales.resend", "discounts.change", "discounts.end"],
          ...["withdrawals.listOfSale", "withdrawals.settle", "uploads.list", "uploads.finish", "downloads.create"],
        ].sort(),
      );
    });

    it.each(PRIVATE)(
      "R74: %s says that they are not there, and leaves them as they are",
      async (name, { method, path }) => {
        const answer = await everybody.other.client.request<Problem>({
          method,
          path: things.get(path) ?? "",
          ...bodyOf(name),
          ...(name === "products.update" && { headers: { "If-Match": '"1"' } }),
        });
        expect([answer.status, answer.json.code]).toEqual([404, "not_found"]);
        expect(await dumpStoredData(app)).toBe(storedBefore);
      },
    );

    it.each(PRIVATE)("R74: %s is there for their owner", async (name, { method, path, success }) => {
      const owner = everybody.owner.client;
      const { headers } = await owner.get("/api/me/products/real-product");
      const answer = await owner.request({
        method,
        path: things.get(path) ?? "",
        ...bodyOf(name),
        ...(name === "products.update" && { headers: { "If-Match": String(headers.etag) } }),
      });
      expect(answer.status).toBe(refusals[name] ?? success.status);
    });
  });
});
