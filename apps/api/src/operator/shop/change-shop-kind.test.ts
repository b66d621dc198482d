import { randomUUID } from "node:crypto";
import type { Problem, Product, Shop, ShopKind } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeOperator } from "../../../test/operators.ts";
import { createTestApp, describeOnEachStore, type Person, type TestApp } from "../../../test/test-app.ts";
import { deleteUser } from "../../identity/users/delete-user.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";

const FREE = { amount: 0, currency: "EUR" };
const PATH = "/api/operator/shop/kind";

const decide = ({ client }: Person, kind: ShopKind) => client.post<Problem>(PATH, { json: { kind } });
const add = ({ client }: Person) =>
  client.post<Product & Pick<Problem, "code">>("/api/products", { json: { name: "Field notes", price: FREE } });
const kindOf = async (app: TestApp) => (await app.visitor().get<Shop>("/api/site")).json.kind;

async function openShop(options: Parameters<typeof createTestApp>[0]) {
  const app = await createTestApp(options);
  onTestFinished(app.close);
  const operator = await makeOperator(app, await app.signUp());
  return { app, operator, person: await app.signUp() };
}

describeOnEachStore("R105: the kind of a shop", (sessions) => {
  it("R105: becomes a marketplace at any time, in every process and every session at once", async () => {
    const { app, operator, person } = await openShop({ sessions, shopKind: "my_store" });
    const other = await createTestApp({ sessions, beside: app });
    onTestFinished(other.close);
    expect((await add(person)).json.code).toBe("not_a_seller");
    expect((await decide(operator, "marketplace")).json).toEqual({ kind: "marketplace" });
    expect([await kindOf(app), await kindOf(other)]).toEqual(["marketplace", "marketplace"]);
    expect((await add(person)).status).toBe(201);
    expect(app.logs.lines).toContainEqual(
      expect.objectContaining({ event: "shop_kind_changed", operatorId: operator.user.id, kind: "marketplace" }),
    );
  });

  it("R105: becomes a shop of operators only while nobody else has a store, and says how many have", async () => {
    const { app, operator, person } = await openShop({ sessions });
    const second = await app.signUp();
    for (const each of [operator, person, second]) expect((await add(each)).status).toBe(201);
    await makeOperator(app, second);
    const refused = await decide(operator, "my_store");
    expect([refused.status, refused.json.code]).toEqual([409, "others_have_stores"]);
    expect(refused.json.detail).toBe("1 store belongs to somebody who does not operate this shop");
    expect(await kindOf(app)).toBe("marketplace");
    await makeOperator(app, person);
    expect((await decide(operator, "my_store")).status).toBe(200);
    expect(await kindOf(app)).toBe("my_store");
    expect((await add(await app.signUp())).json.code).toBe("not_a_seller");
  });

  it("R105: a first product at the same moment opens its store, or the shop closes to others: never both", async () => {
    const { app, operator } = await openShop({ sessions });
    const seen = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const person = await app.signUp();
      const ended = await race(2, async (index) => {
        const { status } = await (index === 0 ? decide(operator, "my_store") : add(person));
        return status;
      });
      const statuses = ended.map((each) => each.status === "fulfilled" && each.value);
      seen.add(statuses.join(" and "));
      // Whoever has opened a store is made an operator, so that the next round can close the shop.
      if (statuses[1] === 201) await makeOperator(app, person);
      await decide(operator, "marketplace");
    }
    for (const ended of seen) expect(["200 and 403", "409 and 201"]).toContain(ended);
  });
});

describe("R105: a store that is kept for its orders alone", () => {
  it("R105: is nobody's, and does not stand in the way", async () => {
    const { app, operator, person } = await openShop({});
    const { slug } = (await add(person)).json;
    const json = { email: "buyer@example.com", seenPrice: FREE, attempt: randomUUID() };
    expect((await app.visitor().post(`/api/products/${slug}/checkout`, { json })).status).toBe(201);
    await deleteUser(backgroundContext(app.dependencies), { userId: person.user.id });
    expect((await decide(operator, "my_store")).status).toBe(200);
  });
});
