import type { Activity, Person as KnownPerson, OwnProduct, Problem, SessionState } from "@yumroad/contract";
import { race } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { proveAddress } from "../../../test/mailed-links.ts";
import { makeOperator } from "../../../test/operators.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { changeShopKind } from "../shop/change-shop-kind.ts";
import { addOperator } from "./add-operator.ts";
import { hasOperators } from "./queries.ts";
import { removeOperator } from "./remove-operator.ts";

const pathOf = (person: Pick<Person, "user">, action: string) => `/api/operator/people/${person.user.id}/${action}`;

describe.each(storeKinds)("operators", (store) => {
  describe.skipIf(!canRunOn(store))(named("operators", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store });
    });
    afterAll(() => app.close());
    const context = () => backgroundContext(app.dependencies);

    it("R82: nobody is one by signing up, not even the first", async () => {
      const person = await app.signUp();
      expect((await whoIs(person.client))?.isOperator).toBe(false);
      expect(await hasOperators(context().em)).toBe(false);
    });

    it("R82: gain their rights in a new session, and lose them with all their sessions", async () => {
      const person = await app.signUp();
      const keeper = await makeOperator(app, await app.signUp());
      expect(await addOperator(context(), person.user.id)).toBe("added");
      expect(await whoIs(person.client)).toBeNull();
      const { client } = await app.logIn(person);
      expect((await whoIs(client))?.isOperator).toBe(true);
      expect((await client.get("/api/operator/people")).status).toBe(200);

      expect(await removeOperator(context(), person.user.id)).toBe("removed");
      expect(await whoIs(client)).toBeNull();
      const again = await app.logIn(person);
      expect((await again.client.get<Problem>("/api/operator/people")).json.code).toBe("not_an_operator");
      await expect(removeOperator(context(), keeper.user.id)).resolves.toBe("last_operator");
    });

    it("R82: of two who remove each other at the same moment one remains", async () => {
      for (let round = 0; round < 5; round += 1) {
        const fresh = await createTestApp({ sessions: store });
        const people = [await fresh.signUp(), await fresh.signUp()] as const;
        for (const { user } of people) await addOperator(backgroundContext(fresh.dependencies), user.id);
        const ended = await race(2, (index) =>
          removeOperator(backgroundContext(fresh.dependencies), people[index === 0 ? 0 : 1].user.id),
        );
        expect(ended.map((each) => each.status === "fulfilled" && each.value).toSorted()).toEqual([
          ...["last_operator", "removed"],
        ]);
        await fresh.close();
      }
    });

    it("R82: the last one can be neither disabled nor deleted, and stays logged in", async () => {
      const alone = await createTestApp({ sessions: store });
      const { client, ...person } = await makeOperator(alone, await alone.signUp());
      const refusals = [
        await client.post<Problem>(pathOf(person, "disable")),
        await client.post<Problem>("/api/account/deletion"),
      ];
      expect(refusals.map(({ json }) => json.code)).toEqual(["last_operator", "last_operator"]);
      expect(await whoIs(client)).not.toBeNull();
      await alone.close();
    });

    it("R82: learn by mail of each new one, whom only a confirmed address is told", async () => {
      const shop = await createTestApp({ sessions: store, mail: true });
      const [first, second, third] = [await shop.signUp(), await shop.signUp(), await shop.signUp({ name: "Cleo" })];
      for (const each of [first, second]) await makeOperator(shop, each);
      await proveAddress(shop, first);
      await makeOperator(shop, third);
      const [told, unconfirmed] = [await shop.mailbox.last(first.email), await shop.mailbox.last(second.email)];
      for (const { subject, text } of [told, unconfirmed]) {
        expect(subject).toBe("Your shop has a new operator");
        expect(text).toMatch(/became an operator of .+ on [A-Z][a-z]+ \d+, \d{4}\./);
      }
      expect(told.text).toContain(`Cleo, ${third.email},`);
      expect(unconfirmed.text).not.toMatch(new RegExp(`Cleo|${third.email}`));
      const subjects = (await shop.mailbox.to(third.email)).map(({ subject }) => subject);
      expect(subjects).not.toContain(told.subject);
      await shop.close();
    });

    it("R105: take their store with them where only operators sell, until they are back or everybody sells", async () => {
      const shop = await createTestApp({ sessions: store, shopKind: "my_store" });
      await makeOperator(shop, await shop.signUp());
      const seller = await makeOperator(shop, await shop.signUp());
      const json = { name: "Field notes", price: { amount: 0, currency: "EUR" } };
      const { slug } = (await seller.client.post<OwnProduct>("/api/products", { json })).json;
      const status = async () => (await shop.visitor().get(`/api/products/${slug}`)).status;
      const ctx = backgroundContext(shop.dependencies);
      await removeOperator(ctx, seller.user.id);
      expect(await status()).toBe(404);
      // The end of a deletion opens no store of somebody who may not sell.
      const { client } = await shop.logIn(seller);
      await client.post("/api/account/deletion");
      await (await shop.logIn(seller)).client.delete("/api/account/deletion");
      expect(await status()).toBe(404);
      await addOperator(ctx, seller.user.id);
      expect(await status()).toBe(200);
      await removeOperator(ctx, seller.user.id);
      await changeShopKind(ctx, { kind: "marketplace", operatorId: null });
      expect(await status()).toBe(200);
      await removeOperator(ctx, (await makeOperator(shop, seller)).user.id);
      expect(await status()).toBe(200);
      await shop.close();
    });

    it("R22: disable an account, and enable it again: its owner sees neither their browser nor their address", async () => {
      const { client } = await makeOperator(app, await app.signUp());
      const person = await app.signUp();
      await client.post(pathOf(person, "enable"));
      await client.post(pathOf(person, "disable"));
      const disabled = await client.post<KnownPerson>(pathOf(person, "disable"));
      expect(disabled.json).toMatchObject({ id: person.user.id, isDisabled: true });
      expect(await whoIs(person.client)).toBeNull();
      expect((await client.post<KnownPerson>(pathOf(person, "enable"))).json.isDisabled).toBe(false);
      const again = await app.logIn(person);
      await client.post(pathOf(person, "end-sessions"));
      expect(await whoIs(again.client)).toBeNull();
      const back = await app.logIn(person);
      // Of a call that changed nothing, here the first two, there is no event.
      await app.dependencies.activityBacklog.finish();
      const { json } = await back.client.get<{ items: Activity[] }>("/api/account/activity");
      const done = json.items.filter(({ kind }) => /user_(?:disabled|enabled)|by_operator/.test(kind));
      expect(done.map(({ kind, device, address }) => [kind, device, address])).toEqual([
        ["sessions_ended_by_operator", "", ""],
        ["user_enabled", "", ""],
        ["user_disabled", "", ""],
      ]);
    });

    it("lists everybody, the newest first, page by page, and finds the beginning of an email", async () => {
      const own = await createTestApp({ sessions: store });
      const { client, ...operator } = await makeOperator(own, await own.signUp());
      const people = [operator.email];
      for (let count = 0; count < 4; count += 1) {
        own.clock.advance("1s");
        people.unshift((await own.signUp({ email: `seller_${count}@example.com` })).email);
      }
      const read = async (query: string) =>
        (await client.get<{ items: KnownPerson[]; nextCursor: string | null }>(`/api/operator/people?${query}`)).json;
      const listed: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const page = await read(`limit=2&cursor=${cursor}`);
        listed.push(...page.items.map(({ email }) => email));
        cursor = page.nextCursor;
      }
      expect(listed).toEqual(people);
      expect((await read("q=SELLER_2")).items.map(({ email }) => email)).toEqual(["seller_2@example.com"]);
      expect((await read("q=seller%25")).items).toEqual([]);
      await own.close();
    });

    it("R22: an operator's flag is in the session that a change of name rewrites", async () => {
      const { client } = await makeOperator(app, await app.signUp());
      await client.request({ method: "PATCH", path: "/api/account", json: { name: "Other Name" } });
      expect((await client.get<SessionState>("/api/auth/session")).json.user).toMatchObject({
        name: "Other Name",
        isOperator: true,
      });
    });
  });
});
