import type { Account, Problem, ProductCard, ProductChange, SessionState } from "@yumroad/contract";
import { race, statusesOf } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";
import { StoreEntity } from "../../catalog/stores/store.entity.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import { undoDeletion } from "./undo-deletion.ts";

const PATH = "/api/account/deletion";
const price = { amount: 1200, currency: "EUR" };

/** The handle of the store that a person's first product opens. */
const handleOf = ({ user }: Pick<Person, "user">) => user.name.toLowerCase().replace(" ", "-");

describe.each(storeKinds)("deleting one's account", (store) => {
  describe.skipIf(!canRunOn(store))(named("deleting one's account", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, mail: true });
    });
    afterAll(() => app.close());

    const ask = ({ client }: Person) => client.post<{ deletionAt: string }>(PATH);
    const accountOf = async ({ client }: Person) => (await client.get<Account>("/api/account")).json;

    async function seller(): Promise<Person> {
      const person = await app.signUp();
      for (const status of ["published", "draft"]) {
        await person.client.post("/api/products", {
          json: { name: `Of ${handleOf(person)} ${status}`, price, status },
        });
      }
      return person;
    }

    async function changeProduct({ client }: Person, slug: string, json: ProductChange): Promise<void> {
      const { headers } = await client.get(`/api/me/products/${slug}`);
      const changed = await client.patch(`/api/products/${slug}`, {
        json,
        headers: { "If-Match": String(headers.etag) },
      });
      expect(changed.status).toBe(200);
    }

    async function shelfOf(person: Person): Promise<string[]> {
      const { json } = await app.visitor().get<{ items: ProductCard[] }>(`/api/stores/${handleOf(person)}`);
      const found = await app.visitor().get<{ items: ProductCard[] }>(`/api/products?q=${handleOf(person)}`);
      expect(found.json.items.map(({ slug }) => slug)).toEqual(json.items.map(({ slug }) => slug));
      return json.items.map(({ slug }) => slug);
    }

    it("R65: ends every session at once, this one too, and clears its cookie; in seven days it is done", async () => {
      const person = await seller();
      const elsewhere = await app.logIn(person);
      const bystander = await app.signUp();
      const before = person.client.cookies.snapshot();
      const answer = await ask(person);
      const deletionAt = new Date(app.clock.now() + 7 * 86_400_000).toISOString();
      expect([answer.status, answer.json]).toEqual([200, { deletionAt }]);
      expect(answer.headers["clear-site-data"]).toBe('"cache", "storage"');
      expect(answer.setCookies).toMatchObject([{ name: "__Host-yumroad", value: "", secure: true, path: "/" }]);
      person.client.cookies.restore(before);
      for (const { client } of [person, elsewhere]) {
        expect((await client.get<SessionState>("/api/auth/session")).json).toMatchObject({ user: null, ended: true });
      }
      expect(await whoIs(bystander.client)).not.toBeNull();
    });

    it("R65: takes what is sold off the shelf and the search at once; undoing it brings exactly that back", async () => {
      const person = await seller();
      const [slug] = await shelfOf(person);
      expect(slug).toMatch(/published/);
      await ask(person);
      for (const path of [`/api/stores/${handleOf(person)}`, `/api/products/${slug}`])
        expect((await app.visitor().get(path)).status).toBe(404);
      const found = await app.visitor().get<{ items: ProductCard[] }>(`/api/products?q=${handleOf(person)}`);
      expect(found.json.items).toEqual([]);
      const back = await app.logIn(person);
      expect((await accountOf(back)).deletionAt).not.toBeNull();
      const undone = await back.client.delete<Account>(PATH);
      expect([undone.status, undone.json.deletionAt]).toEqual([200, null]);
      expect(await shelfOf(person)).toEqual([slug]);
      expect((await app.visitor().get(`/api/products/${slug}`)).status).toBe(200);
    });

    it("R65: what its owner has changed meanwhile stays as they want it", async () => {
      const person = await seller();
      const [slug = ""] = await shelfOf(person);
      await ask(person);
      const back = await app.logIn(person);
      await changeProduct(back, slug, { status: "draft" });
      await back.client.delete(PATH);
      expect(await shelfOf(person)).toEqual([]);
    });

    it("R65: publishes nothing meanwhile, neither anew nor again, and shows no store that opens meanwhile", async () => {
      const person = await seller();
      const customer = await app.signUp();
      const [slug = ""] = await shelfOf(person);
      for (const each of [person, customer]) await ask(each);
      const back = await app.logIn(person);
      const { headers } = await back.client.get(`/api/me/products/${slug}`);
      const again = await back.client.patch<Problem>(`/api/products/${slug}`, {
        json: { status: "published" },
        headers: { "If-Match": String(headers.etag) },
      });
      expect([again.status, again.json.code]).toEqual([409, "deletion_pending"]);
      const late = await app.logIn(customer);
      const json = { name: `Late of ${handleOf(customer)}`, price };
      expect((await late.client.post<Problem>("/api/products", { json })).json.code).toBe("deletion_pending");
      expect((await late.client.post("/api/products", { json: { ...json, status: "draft" } })).status).toBe(201);
      const em = app.dependencies.database.fork();
      expect((await em.findOneOrFail(StoreEntity, { owner: customer.user.id })).closedAt).not.toBeNull();
      for (const { client } of [back, late]) await client.delete(PATH);
      expect(await shelfOf(person)).toEqual([slug]);
    });

    it("R65: what was only renamed meanwhile is for sale again, under its new name", async () => {
      const person = await seller();
      const [slug = ""] = await shelfOf(person);
      await ask(person);
      const back = await app.logIn(person);
      await changeProduct(back, slug, { name: `Other words of ${handleOf(person)}` });
      await back.client.delete(PATH);
      expect(await shelfOf(person)).toEqual([slug]);
    });

    it("R65: is told by mail, with the way back, and the last word comes when it is done", async () => {
      const person = await seller();
      await ask(person);
      const notice = await app.mailbox.last(person.email);
      expect(notice.subject).toMatch(/^Your account will be deleted on [A-Z][a-z]+ \d+, \d{4}$/);
      expect(notice.link()).toBe("https://shop.example/settings/data");
      app.clock.advance("6d");
      await app.dependencies.workers.sweep.run();
      const back = await app.logIn(person);
      expect((await accountOf(back)).deletionAt).not.toBeNull();
      app.clock.advance("1d");
      await app.dependencies.workers.sweep.run();
      expect(await whoIs(back.client)).toBeNull();
      const json = { email: person.email, password: person.password };
      expect((await app.visitor().post("/api/auth/login", { json })).status).toBe(401);
      expect((await app.visitor().get(`/api/stores/${handleOf(person)}`)).status).toBe(404);
      expect((await app.mailbox.last(person.email)).subject).toBe("Your account is deleted");
      expect(app.logs.lines).toContainEqual(expect.objectContaining({ event: "user_deleted", userId: person.user.id }));
      const em = app.dependencies.database.fork();
      for (const table of ["stores where owner_id", "activity where user_id", "sessions where user_id"]) {
        expect(await em.execute(`select * from ${table} = ?`, [person.user.id])).toEqual([]);
      }
      expect(await em.execute("select kind from mails where to_address = ?", [person.email])).toEqual([
        { kind: "account_deleted" },
      ]);
      expect((await app.signUp({ email: person.email })).user.id).not.toBe(person.user.id);
    });

    it("R65: nobody's account goes that was kept, and nobody's that was never to go", async () => {
      const person = await seller();
      const bystander = await app.signUp();
      await ask(person);
      const back = await app.logIn(person);
      await back.client.delete(PATH);
      app.clock.advance("8d");
      await app.dependencies.workers.sweep.run();
      for (const somebody of [person, bystander]) expect((await app.logIn(somebody)).user.id).toBe(somebody.user.id);
    });

    it("R65: an account that is kept in the very moment in which it is due stays", async () => {
      const person = await seller();
      await ask(person);
      const { sessionStore } = app.dependencies;
      const endAllOf = sessionStore.endAllOf.bind(sessionStore);
      sessionStore.endAllOf = async (...given) => {
        await undoDeletion(backgroundContext(app.dependencies), person.user.id);
        return endAllOf(...given);
      };
      app.clock.advance("7d");
      await app.dependencies.workers.sweep.run();
      sessionStore.endAllOf = endAllOf;
      expect((await app.logIn(person)).user.id).toBe(person.user.id);
      expect(await shelfOf(person)).toHaveLength(1);
    });

    it("R65: asked for twenty times at once it is asked for once, and asking again does not put it off", async () => {
      const person = await seller();
      const answers = await race(20, () => ask(person));
      const statuses = statusesOf(answers);
      expect(new Set([...statuses, 401])).toEqual(new Set([200, 401]));
      expect(statuses).toContain(200);
      const kinds = (await app.mailbox.to(person.email)).map(({ subject }) => subject);
      expect(kinds.filter((subject) => subject.includes("will be deleted"))).toHaveLength(1);
      const back = await app.logIn(person);
      const { deletionAt } = await accountOf(back);
      app.clock.advance("5m");
      expect((await ask(back)).json.deletionAt).toBe(deletionAt);
    });

    it("R69: asks for a fresh proof after ten minutes; undoing it does not", async () => {
      const person = await seller();
      app.clock.advance("11m");
      const stale = await person.client.post<Problem>(PATH);
      expect([stale.status, stale.json.code]).toEqual([403, "reauth_required"]);
      expect(await whoIs(person.client)).not.toBeNull();
      await person.client.post("/api/account/reauthenticate", { json: { password: person.password } });
      expect((await ask(person)).status).toBe(200);
      const back = await app.logIn(person);
      app.clock.advance("11m");
      expect((await back.client.delete(PATH)).status).toBe(200);
    });

    it("of an account that is to stay, undoing changes nothing", async () => {
      const person = await seller();
      const before = await accountOf(person);
      expect((await person.client.delete<Account>(PATH)).json).toEqual(before);
      expect(await shelfOf(person)).toHaveLength(1);
    });
  });
});
