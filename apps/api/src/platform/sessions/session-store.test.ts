import { type Clock, createClock } from "@yumroad/testkit";
import type { SessionData } from "express-session";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createStoreFixture,
  load,
  makeUser,
  newId,
  recordOf,
  type SessionStoreFixture,
  save,
  sessionOf,
} from "../../../test/session-store-fixtures.ts";
import { canRunOn, named, storeKinds } from "../../../test/test-app.ts";
import { decodeRecord, encodeRecord, type SessionRecord } from "./session-record.ts";
import type { SessionStore } from "./session-store.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe.each(storeKinds)("a session store", (kind) => {
  describe.skipIf(!canRunOn(kind))(named("a session store", kind), () => {
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

    async function begin(user = makeUser(), isRemembered = false): Promise<string> {
      const id = newId();
      const now = clock.now();
      await save(store, id, sessionOf({ user, loggedInAt: now, seenAt: now, isRemembered }));
      return id;
    }

    async function mustLoad(id: string): Promise<SessionData & { record: SessionRecord }> {
      const session = await load(store, id);
      if (!session?.record) throw new Error("The session is not there");
      return { ...session, record: session.record };
    }

    it("gives back what was stored", async () => {
      const user = makeUser({ name: 'Ann "Q" Öztürk 🦊', store: { handle: "ann", name: "Ann's" } });
      const id = await begin(user, true);
      const now = clock.now();
      const stored = recordOf({ user, loggedInAt: now, seenAt: now, isRemembered: true });
      expect((await mustLoad(id)).record).toEqual(stored);
    });

    it("R4: moves a session to another id, and the old one is dead", async () => {
      const id = await begin();
      const { record } = await mustLoad(id);
      const moved = { ...record, provenAt: clock.now() + 5 };
      const other = newId();
      expect(await store.move(id, other, moved)).toBe(true);
      expect(await load(store, id)).toBeNull();
      expect((await mustLoad(other)).record).toEqual(moved);
      expect((await store.listOf(record.user.id)).map((session) => session.id)).toEqual([other]);
    });

    it("gives what it has ended, and nothing where none was alive", async () => {
      const id = await begin();
      const { record } = await mustLoad(id);
      expect(await store.end(id)).toEqual(record);
      expect(await store.end(id)).toBeNull();
      const over = await begin();
      clock.advance("25h");
      expect(await store.end(over)).toBeNull();
    });

    it("R4: goes on with a session that was moved", async () => {
      const id = await begin();
      const record = { ...(await mustLoad(id)).record };
      const other = newId();
      await store.move(id, other, record);
      record.seenAt += HOUR;
      await save(store, other, { cookie: { originalMaxAge: null }, record });
      expect((await mustLoad(other)).record.seenAt).toBe(clock.now() + HOUR);
    });

    it("R17: moves none that has ended", async () => {
      const id = await begin();
      const { record } = await mustLoad(id);
      await store.end(id);
      const other = newId();
      expect(await store.move(id, other, record)).toBe(false);
      expect(await load(store, other)).toBeNull();
    });

    it("R17: one that is moved while all of its user's are ended is among them, 50 times of 50", async () => {
      for (let tries = 0; tries < 50; tries += 1) {
        const id = await begin();
        const { record } = await mustLoad(id);
        const other = newId();
        await Promise.all([store.move(id, other, record), store.endAllOf(record.user.id)]);
        expect([await load(store, id), await load(store, other)]).toEqual([null, null]);
      }
    });

    it("R67: lists the sessions of one user that are alive, and nobody else's", async () => {
      const user = makeUser();
      const [first, second, ended] = [await begin(user), await begin(user, true), await begin(user)];
      await begin(makeUser());
      await store.end(ended);
      const listed = await store.listOf(user.id);
      expect(listed.map(({ id }) => id).sort()).toEqual([first, second].sort());
      expect(listed.every(({ record }) => record.user.id === user.id)).toBe(true);
      clock.advance("25h");
      expect((await store.listOf(user.id)).map(({ id }) => id)).toEqual([second]);
    });

    it("R68: ends all sessions of a user but one", async () => {
      const user = makeUser();
      const [kept, other] = [await begin(user), await begin(user)];
      const stranger = await begin(makeUser());
      expect(await store.endAllOf(user.id, { except: kept })).toBe(1);
      expect(await store.endAllOf(user.id, { except: kept })).toBe(0);
      expect(await load(store, other)).toBeNull();
      expect(await load(store, kept)).not.toBeNull();
      expect(await load(store, stranger)).not.toBeNull();
    });

    it("R70: half a session ends ten minutes after the password, however much it is used", async () => {
      const id = newId();
      const now = clock.now();
      const record = {
        ...recordOf({ user: makeUser(), loggedInAt: now, seenAt: now, isRemembered: true }),
        isPending: true,
      };
      await save(store, id, { cookie: { originalMaxAge: null }, record });
      clock.advance("9m");
      expect((await mustLoad(id)).record.isPending).toBe(true);
      clock.advance("1m");
      expect(await load(store, id)).toBeNull();
    });

    it("R5: an id that nobody was given is no session", async () => {
      for (const id of [newId(), "", "x".repeat(5000), "*", "' or 1=1 --", "?", "sessions-of:1"]) {
        expect(await load(store, id)).toBeNull();
      }
    });

    it("writes a new session only where none is", async () => {
      const first = makeUser();
      const id = await begin(first);
      const now = clock.now();
      await save(store, id, sessionOf({ user: makeUser(), loggedInAt: now, seenAt: now, isRemembered: true }));
      expect((await mustLoad(id)).record.user).toEqual(first);
    });

    it("stores nothing for a session that nobody is logged in to", async () => {
      const id = newId();
      await save(store, id, { cookie: { originalMaxAge: null } });
      expect(await fixture.rawOf(id)).toBeNull();
    });

    it("R17: a slow request that saves its session after the log-out does not bring it back", async () => {
      const id = await begin();
      const slow = await mustLoad(id);
      await store.end(id);
      slow.record.seenAt += HOUR;
      await save(store, id, slow);
      await store.renew(slow, id, clock.now());
      expect(await load(store, id)).toBeNull();
      expect(await fixture.rawOf(id)).toBeNull();
    });

    it("R17: nor does the request that made it, when it saves once more", async () => {
      const id = newId();
      const now = clock.now();
      const session = sessionOf({ user: makeUser(), loggedInAt: now, seenAt: now, isRemembered: false });
      await save(store, id, session);
      await store.end(id);
      await save(store, id, session);
      expect(await load(store, id)).toBeNull();
    });

    it("R17: express-session's destroy ends it as well", async () => {
      const id = await begin();
      await new Promise((resolve) => store.destroy(id, resolve));
      expect(await load(store, id)).toBeNull();
    });

    it("ends one as well, or fails to, when nobody asks how it went", async () => {
      const id = await begin();
      fixture.setInterleaved(() => Promise.reject(new Error("not now")));
      store.destroy(id);
      await expect(load(store, id)).rejects.toThrow("not now");
      fixture.setInterleaved(null);
      store.destroy(id);
      await expect.poll(() => load(store, id)).toBeNull();
    });

    it("R22: a session that ends while its user is being changed has ended", async () => {
      const user = makeUser();
      const id = await begin(user);
      let commands = 0;
      fixture.setInterleaved(async () => {
        commands += 1;
        // The embedded store reads first; Redis needs one command.
        if (commands < (kind === "embedded" ? 2 : 1)) return;
        fixture.setInterleaved(null);
        await store.end(id);
      });
      await store.rewriteUser({ ...user, name: "Augusta" });
      expect(await fixture.rawOf(id)).toBeNull();
    });

    it("R22: a slow request does not undo a change of its user", async () => {
      const user = makeUser();
      const id = await begin(user);
      const slow = await mustLoad(id);
      await store.rewriteUser({ ...user, name: "Augusta" });
      clock.advance("1h");
      await store.renew(slow, id, clock.now());
      slow.record.seenAt = clock.now();
      await save(store, id, slow);
      expect((await mustLoad(id)).record.user.name).toBe("Augusta");
    });

    it("R21: of two renewals that read the same, the second loses and breaks nothing", async () => {
      const id = await begin();
      const [one, other] = [await mustLoad(id), await mustLoad(id)];
      clock.advance("2m");
      await store.renew(one, id, clock.now());
      const written = await fixture.rawOf(id);
      await store.renew(other, id, clock.now() + 5 * HOUR);
      expect(await fixture.rawOf(id)).toBe(written);
    });

    it("writes a loaded session that was changed over what was read", async () => {
      const id = await begin();
      const session = await mustLoad(id);
      session.record.seenAt += HOUR;
      await save(store, id, session);
      expect((await mustLoad(id)).record.seenAt).toBe(clock.now() + HOUR);
    });

    it("R66: renewing moves the idle end and nothing else", async () => {
      const id = await begin();
      clock.advance("23h");
      const before = await mustLoad(id);
      await store.renew(before, id, clock.now());
      expect((await mustLoad(id)).record).toEqual({ ...before.record, seenAt: clock.now() });
      clock.advance("23h");
      expect(await load(store, id)).not.toBeNull();
      clock.advance("1h");
      expect(await load(store, id)).toBeNull();
    });

    it.each([
      ["unused", false, "24h"],
      ["unused, remembered", true, "14d"],
    ] as const)(
      "R66: a session that is %s ends by the injected clock, on the millisecond",
      async (_, isRemembered, idle) => {
        const id = await begin(makeUser(), isRemembered);
        clock.advance(idle);
        clock.advance(-1);
        expect(await load(store, id)).not.toBeNull();
        clock.advance(1);
        expect(await load(store, id)).toBeNull();
      },
    );

    it.each([
      ["after seven days", false, 7, 12],
      ["remembered, after thirty", true, 30, 300],
    ] as const)("R66: a session in use ends all the same, %s", async (_, isRemembered, days, everyHours) => {
      const start = clock.now();
      const id = await begin(makeUser(), isRemembered);
      while (clock.now() < start + days * DAY - 1) {
        clock.advance(Math.min(everyHours * HOUR, start + days * DAY - 1 - clock.now()));
        await store.renew(await mustLoad(id), id, clock.now());
      }
      clock.advance(1);
      expect(await load(store, id)).toBeNull();
    });

    it("R66: renewing an ended session's last reader does not revive it", async () => {
      const id = await begin();
      clock.advance("25h");
      await store.renew({ cookie: { originalMaxAge: null } }, id, clock.now());
      expect(await load(store, id)).toBeNull();
    });

    it("R22: ends all sessions of one user and nobody else's", async () => {
      const [user, other] = [makeUser(), makeUser()];
      const theirs = [await begin(user), await begin(user, true), await begin(user)];
      const otherId = await begin(other);
      await store.endAllOf(user.id);
      expect(await Promise.all(theirs.map((id) => load(store, id)))).toEqual([null, null, null]);
      expect(await load(store, otherId)).not.toBeNull();
      await store.endAllOf(user.id);
      await store.endAllOf(makeUser().id);
    });

    it("R22: a session that begins after all were ended is found the next time", async () => {
      const user = makeUser();
      await begin(user);
      await store.endAllOf(user.id);
      const later = await begin(user);
      expect(await load(store, later)).not.toBeNull();
      await store.endAllOf(user.id);
      expect(await load(store, later)).toBeNull();
    });

    it("R22: a change reaches every session of the user, and none that has ended or is somebody else's", async () => {
      const [user, other] = [makeUser(), makeUser()];
      const ids = [await begin(user), await begin(user, true)];
      const ended = await begin(user);
      const otherId = await begin(other);
      await store.end(ended);
      await store.rewriteUser({ ...user, name: "Augusta", store: { handle: "ada", name: "Augusta's" } });
      for (const id of ids) {
        expect((await mustLoad(id)).record.user).toMatchObject({ name: "Augusta", store: { name: "Augusta's" } });
      }
      expect(await load(store, ended)).toBeNull();
      expect((await mustLoad(otherId)).record.user.name).toBe("Ada");
    });

    it("R22: a session that others write all the time has the change or ends: it never keeps what is no longer true", async () => {
      const user = makeUser();
      const id = await begin(user);
      fixture.setInterleaved(async () => {
        const record = decodeRecord((await fixture.rawOf(id)) ?? "");
        if (record) await fixture.changeRaw(id, encodeRecord({ ...record, seenAt: record.seenAt + 1 }));
      });
      await store.rewriteUser({ ...user, name: "Augusta" });
      fixture.setInterleaved(null);
      const left = await load(store, id);
      expect(left?.record?.user.name ?? "ended").toBe(kind === "embedded" ? "ended" : "Augusta");
    });

    it("R22: a change keeps the times of a session: it ends when it would have", async () => {
      const user = makeUser();
      const id = await begin(user);
      clock.advance("23h");
      await store.rewriteUser({ ...user, name: "Augusta" });
      clock.advance("1h");
      expect(await load(store, id)).toBeNull();
    });

    it.each([
      "",
      "null",
      "{}",
      "[]",
      "not json",
      '[1,"x"]',
      '[2,"x","e","n","h","s",1,1,0]',
      '[1,"x","e","n","h","s","1",null,0]',
    ])("R5: a record that reads %j is no session, and no error", async (text) => {
      const id = newId();
      const user = makeUser();
      await fixture.writeRaw(id, user.id, text);
      expect(await load(store, id)).toBeNull();
      await store.rewriteUser(user);
      await store.endAllOf(user.id);
      expect(await fixture.rawOf(id)).toBeNull();
    });

    it("is small: 450 bytes for an e-mail of 24 and a name of 12 characters", async () => {
      const user = makeUser({
        email: "ada.lovelace@example.com",
        name: "Ada Lovelace",
        store: { handle: "ada-lovelace", name: "Ada Lovelace" },
      });
      expect(user.email).toHaveLength(24);
      expect(user.name).toHaveLength(12);
      const raw = (await fixture.rawOf(await begin(user, true))) ?? "";
      expect(Buffer.byteLength(raw)).toBeGreaterThan(0);
      expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(450);
    });

    it("is small: 1.5 KB at the longest", async () => {
      const name = "🦊".repeat(60);
      const store = { handle: "h".repeat(67), name };
      const raw = (await fixture.rawOf(await begin(makeUser({ email: "e".repeat(254), name, store }), true))) ?? "";
      expect(Buffer.byteLength(raw)).toBeGreaterThan(254);
      expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(1536);
    });

    it("sweeps away what is over, and nothing that lives", async () => {
      const old = await begin();
      clock.advance("12h");
      const young = await begin();
      clock.advance("12h");
      await store.sweep();
      expect(await load(store, old)).toBeNull();
      // Redis uses its own clock: there the expiry removes the row.
      expect((await fixture.rawOf(old)) === null).toBe(kind === "embedded");
      expect(await load(store, young)).not.toBeNull();
    });

    it("says that it takes writes", async () => {
      await expect(store.assertWritable()).resolves.toBeUndefined();
    });

    it("answers express-session's callbacks once", async () => {
      const id = await begin();
      const calls = await new Promise<number>((resolve) => {
        let count = 0;
        store.get(id, () => {
          count += 1;
          setTimeout(() => resolve(count), 20);
        });
      });
      expect(calls).toBe(1);
    });
  });
});
