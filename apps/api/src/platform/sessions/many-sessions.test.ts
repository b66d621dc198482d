import { type Clock, createClock, race } from "@yumroad/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createStoreFixture,
  load,
  makeUser,
  newId,
  recordOf,
  type SessionStoreFixture,
  save,
} from "../../../test/session-store-fixtures.ts";
import { canRunOn, named, storeKinds } from "../../../test/test-app.ts";
import { limits } from "../../config/limits.ts";
import { encodeRecord } from "./session-record.ts";
import type { SessionStore } from "./session-store.ts";

const MOST = limits.sessionsPerAccount;
const MOST_PENDING = limits.pendingSessionsPerAccount;

describe.each(storeKinds)("many sessions of one user", (kind) => {
  describe.skipIf(!canRunOn(kind))(named("many sessions of one user", kind), () => {
    let fixture: SessionStoreFixture;
    let clock: Clock;
    let store: SessionStore;
    beforeAll(async () => {
      fixture = await createStoreFixture(kind);
    });
    afterAll(() => fixture.close());
    beforeEach(() => {
      clock = createClock("2030-01-01T00:00:00Z");
      store = fixture.storeFor(clock);
    });

    const recordFor = (user = makeUser(), isPending = false) => {
      const now = clock.now();
      return { ...recordOf({ user, loggedInAt: now, seenAt: now, isRemembered: false }), isPending };
    };
    async function begin(user = makeUser(), isPending = false): Promise<string> {
      const id = newId();
      clock.advance("1s");
      await save(store, id, { cookie: { originalMaxAge: null }, record: recordFor(user, isPending) });
      return id;
    }
    async function beginMany(count: number, user: ReturnType<typeof makeUser>, isPending = false): Promise<string[]> {
      const ids: string[] = [];
      while (ids.length < count) ids.push(await begin(user, isPending));
      return ids;
    }
    const idsOf = async (user: ReturnType<typeof makeUser>) => (await store.listOf(user.id)).map(({ id }) => id).sort();
    /** Sessions that began before the limit existed. */
    async function beginUnlimited(count: number, user: ReturnType<typeof makeUser>): Promise<string[]> {
      const ids = Array.from({ length: count }, newId);
      for (const id of ids) await fixture.writeRaw(id, user.id, encodeRecord(recordFor(user)));
      return ids;
    }

    it("R66: there are at most 50; when one more begins the oldest goes, and nobody else's", async () => {
      const user = makeUser();
      const stranger = await begin();
      const ids = await beginMany(MOST + 2, user);
      expect(MOST).toBe(50);
      expect(await idsOf(user)).toEqual(ids.slice(2).sort());
      expect(await load(store, ids[0] ?? "")).toBeNull();
      expect(await load(store, stranger)).not.toBeNull();
    });

    it("R66: of 80 that begin at once, no more than 50 stay", async () => {
      const user = makeUser();
      await race(MOST + 30, async () => {
        await save(store, newId(), { cookie: { originalMaxAge: null }, record: recordFor(user) });
      });
      const left = await idsOf(user);
      expect(left.length).toBeLessThanOrEqual(MOST);
      // Of sessions that began in the same millisecond, the embedded store may end one too many.
      expect(left.length).toBeGreaterThan(kind === "redis" ? MOST - 1 : MOST - 10);
    });

    it("R66: half ones have a few places of their own: a password alone ends no session", async () => {
      const user = makeUser();
      const whole = await beginMany(MOST, user);
      const pending = await beginMany(MOST_PENDING + 3, user, true);
      expect(await idsOf(user)).toEqual([...whole, ...pending.slice(3)].sort());
      const next = await begin(user);
      expect(await idsOf(user)).toEqual([...whole.slice(1), next, ...pending.slice(3)].sort());
    });

    it("R66: half a session that becomes a whole one takes the place of the oldest", async () => {
      const user = makeUser();
      const whole = await beginMany(MOST, user);
      const pending = await begin(user, true);
      const completed = newId();
      expect(await store.move(pending, completed, recordFor(user))).toBe(true);
      expect(await idsOf(user)).toEqual([...whole.slice(1), completed].sort());
    });

    it("R66: what has ended takes no place", async () => {
      const user = makeUser();
      const kept = await begin(user);
      for (let times = 0; times < MOST + 5; times += 1) await store.end(await begin(user));
      expect(await idsOf(user)).toEqual([kept]);
    });

    it("R66: 2,000 from before there was a limit: a change reaches all in a few commands, the next leaves 50", async () => {
      const user = makeUser();
      const ids = await beginUnlimited(2000, user);
      let commands = 0;
      fixture.setInterleaved(async () => {
        commands += 1;
      });
      await store.rewriteUser({ ...user, name: "Augusta" });
      fixture.setInterleaved(null);
      expect(commands).toBeLessThanOrEqual(10);
      const listed = await store.listOf(user.id);
      expect(listed).toHaveLength(ids.length);
      expect(listed.filter(({ record }) => record.user.name !== "Augusta")).toEqual([]);
      const last = await begin(user);
      const left = await idsOf(user);
      expect([left.length, left.includes(last)]).toEqual([MOST, true]);
    });

    it("R22: a change leaves all else of a session as it was, whatever characters are in it", async () => {
      const user = makeUser({ name: 'Ann "Q" \\ Öztürk/🦊 \u007f\t', store: { handle: "ann", name: "" } });
      const id = newId();
      const record = {
        ...recordFor(user, true),
        isRemembered: true,
        device: 'Fire/"fox" 🦊',
        provenAt: clock.now() - 7,
      };
      await save(store, id, { cookie: { originalMaxAge: null }, record });
      const now = { ...user, name: "</script> 🦊 [1,2]", store: { handle: "ann", name: "\\u0041" } };
      await store.rewriteUser(now);
      expect((await load(store, id))?.record).toEqual({ ...record, user: now });
    });

    it("R22: a change reaches a session that an earlier version of the shop has stored", async () => {
      const user = makeUser();
      const { id, email, name } = user;
      const old = newId();
      const stored = [1, id, email, name, user.store?.handle, user.store?.name, clock.now(), clock.now(), 0];
      await fixture.writeRaw(old, id, JSON.stringify(stored));
      await store.rewriteUser({ ...user, name: "Augusta" });
      expect((await load(store, old))?.record).toMatchObject({ user: { name: "Augusta" }, loggedInAt: clock.now() });
    });
  });
});
