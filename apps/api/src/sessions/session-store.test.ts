import { randomBytes } from "node:crypto";
import type { User } from "@yumroad/contract";
import { type Clock, createClock, createLogCapture, createTcpFaults, type TcpFaults } from "@yumroad/testkit";
import type { SessionData } from "express-session";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { redisUrl } from "../../test/services.ts";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../test/temporary-database.ts";
import { canRunOn, named, type StoreKind, storeKinds } from "../../test/test-app.ts";
import { createLogger } from "../lib/logger.ts";
import { RedisGate } from "../lib/redis-gate.ts";
import { limits } from "../limits.ts";
import { EmbeddedSessionStore } from "./embedded-session-store.ts";
import { RedisSessionStore } from "./redis-session-store.ts";
import { decodeRecord, encodeRecord, type SessionRecord } from "./session-record.ts";
import { type SessionStore, SessionStoreUnavailable } from "./session-store.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One of the two stores, with a way past it to what it keeps. */
interface Stage {
  storeFor(clock: Clock): SessionStore;
  rawOf(id: string): Promise<string | null>;
  writeRaw(id: string, userId: string, text: string): Promise<void>;
  changeRaw(id: string, text: string): Promise<void>;
  /** Work that is done before each command of the store, by somebody else; null for none. */
  meddle(work: (() => Promise<void>) | null): void;
  close(): Promise<void>;
}

interface RedisStage extends Stage {
  redis: Redis;
  prefix: string;
  faults: TcpFaults;
}

async function embeddedStage(): Promise<Stage> {
  const database: TemporaryDatabase = await openTemporaryDatabase();
  let meddling: (() => Promise<void>) | null = null;
  const fork = () => {
    const em = database.fork();
    const execute = em.execute.bind(em) as (...given: unknown[]) => Promise<unknown>;
    const afterMeddling = async (...given: unknown[]) => {
      await meddling?.();
      return execute(...given);
    };
    return Object.assign(em, { execute: afterMeddling });
  };
  return {
    storeFor: (clock) => new EmbeddedSessionStore({ ...database, fork }, { clock, limits }),
    meddle: (work) => {
      meddling = work;
    },
    async rawOf(id) {
      const [row] = await database
        .fork()
        .execute<{ record: string }[]>("select record from sessions where id = ?", [id]);
      return row?.record ?? null;
    },
    async writeRaw(id, userId, text) {
      const sql = "insert into sessions (id, user_id, record, expires_at) values (?, ?, ?, ?)";
      await database.fork().execute(sql, [id, userId, text, 9e15]);
    },
    async changeRaw(id, text) {
      await database.fork().execute("update sessions set record = ? where id = ?", [text, id]);
    },
    close: () => database.close(),
  };
}

async function redisStage(): Promise<RedisStage> {
  const faults = await createTcpFaults(redisUrl ?? "");
  const logger = createLogger("info", createLogCapture());
  const gate = new RedisGate(faults.url, { patienceMs: limits.storeDeadline, logger });
  await gate.untilConnected(2000);
  const run = gate.run.bind(gate);
  let meddling: (() => Promise<void>) | null = null;
  gate.run = async (command) => {
    await meddling?.();
    return run(command);
  };
  const prefix = `yumroad-test-${randomBytes(6).toString("hex")}:`;
  const redis = new Redis(redisUrl ?? "");
  return {
    redis,
    prefix,
    faults,
    storeFor: (clock) => new RedisSessionStore(gate, { clock, limits, prefix }),
    meddle: (work) => {
      meddling = work;
    },
    rawOf: (id) => redis.get(`${prefix}session:${id}`),
    async changeRaw(id, text) {
      await redis.set(`${prefix}session:${id}`, text, "KEEPTTL");
    },
    async writeRaw(id, userId, text) {
      await redis.set(`${prefix}session:${id}`, text, "PX", DAY);
      await redis.zadd(`${prefix}sessions-of:${userId}`, 9e15, id);
    },
    async close() {
      await gate.close();
      await faults.close();
      for await (const keys of redis.scanStream({ match: `${prefix}*` })) {
        if (keys.length > 0) await redis.del(...(keys as string[]));
      }
      redis.disconnect();
    },
  };
}

const stageOf = (store: StoreKind): Promise<Stage> => (store === "embedded" ? embeddedStage() : redisStage());

let people = 0;
function somebody(given: Partial<User> = {}): User {
  people += 1;
  const id = `00000000-0000-4000-8000-${String(people).padStart(12, "0")}`;
  return { id, email: `p${people}@example.com`, name: "Ada", store: { handle: "ada", name: "Ada" }, ...given };
}

function newId(): string {
  return randomBytes(32).toString("base64url");
}

/** A whole session as a log-in makes it, but for what a test is about. */
function recordOf(record: Pick<SessionRecord, "user" | "loggedInAt" | "seenAt" | "isRemembered">): SessionRecord {
  const where = { device: "Firefox on Windows", address: "203.0.113.x" };
  return { provenAt: record.loggedInAt, isHalf: false, ...where, ...record };
}

function sessionOf(record: Parameters<typeof recordOf>[0]): SessionData {
  return { cookie: { originalMaxAge: null }, record: recordOf(record) };
}

function load(store: SessionStore, id: string): Promise<SessionData | null> {
  return new Promise((resolve, reject) => {
    store.get(id, (error, session) => (error ? reject(error) : resolve(session ?? null)));
  });
}

function save(store: SessionStore, id: string, session: SessionData): Promise<void> {
  return new Promise((resolve, reject) => {
    store.set(id, session, (error) => (error ? reject(error) : resolve()));
  });
}

describe.each(storeKinds)("a session store", (kind) => {
  describe.skipIf(!canRunOn(kind))(named("a session store", kind), () => {
    let stage: Stage;
    let clock: Clock;
    let store: SessionStore;
    beforeAll(async () => {
      stage = await stageOf(kind);
    });
    afterAll(() => stage.close());
    beforeEach(() => {
      clock = createClock("2030-01-01T00:00:00Z");
      store = stage.storeFor(clock);
    });

    async function begin(user = somebody(), isRemembered = false): Promise<string> {
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
      const user = somebody({ name: 'Ann "Q" Öztürk 🦊', store: { handle: "ann", name: "Ann's" } });
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
      const user = somebody();
      const [first, second, ended] = [await begin(user), await begin(user, true), await begin(user)];
      await begin(somebody());
      await store.end(ended);
      const listed = await store.listOf(user.id);
      expect(listed.map(({ id }) => id).sort()).toEqual([first, second].sort());
      expect(listed.every(({ record }) => record.user.id === user.id)).toBe(true);
      clock.advance("25h");
      expect((await store.listOf(user.id)).map(({ id }) => id)).toEqual([second]);
    });

    it("R68: ends all sessions of a user but one", async () => {
      const user = somebody();
      const [kept, other] = [await begin(user), await begin(user)];
      const stranger = await begin(somebody());
      await store.endAllOf(user.id, { except: kept });
      expect(await load(store, other)).toBeNull();
      expect(await load(store, kept)).not.toBeNull();
      expect(await load(store, stranger)).not.toBeNull();
    });

    it("R70: half a session ends ten minutes after the password, however much it is used", async () => {
      const id = newId();
      const now = clock.now();
      const record = {
        ...recordOf({ user: somebody(), loggedInAt: now, seenAt: now, isRemembered: true }),
        isHalf: true,
      };
      await save(store, id, { cookie: { originalMaxAge: null }, record });
      clock.advance("9m");
      expect((await mustLoad(id)).record.isHalf).toBe(true);
      clock.advance("1m");
      expect(await load(store, id)).toBeNull();
    });

    it("R5: an id that nobody was given is no session", async () => {
      for (const id of [newId(), "", "x".repeat(5000), "*", "' or 1=1 --", "?", "sessions-of:1"]) {
        expect(await load(store, id)).toBeNull();
      }
    });

    it("writes a new session only where none is", async () => {
      const first = somebody();
      const id = await begin(first);
      const now = clock.now();
      await save(store, id, sessionOf({ user: somebody(), loggedInAt: now, seenAt: now, isRemembered: true }));
      expect((await mustLoad(id)).record.user).toEqual(first);
    });

    it("stores nothing for a session that nobody is logged in to", async () => {
      const id = newId();
      await save(store, id, { cookie: { originalMaxAge: null } });
      expect(await stage.rawOf(id)).toBeNull();
    });

    it("R17: a slow request that saves its session after the log-out does not bring it back", async () => {
      const id = await begin();
      const slow = await mustLoad(id);
      await store.end(id);
      slow.record.seenAt += HOUR;
      await save(store, id, slow);
      await store.renew(slow, id, clock.now());
      expect(await load(store, id)).toBeNull();
      expect(await stage.rawOf(id)).toBeNull();
    });

    it("R17: nor does the request that made it, when it saves once more", async () => {
      const id = newId();
      const now = clock.now();
      const session = sessionOf({ user: somebody(), loggedInAt: now, seenAt: now, isRemembered: false });
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
      stage.meddle(() => Promise.reject(new Error("not now")));
      store.destroy(id);
      await expect(load(store, id)).rejects.toThrow("not now");
      stage.meddle(null);
      store.destroy(id);
      await expect.poll(() => load(store, id)).toBeNull();
    });

    it("R22: a session that ends while its user is being changed has ended", async () => {
      const user = somebody();
      const id = await begin(user);
      let commands = 0;
      stage.meddle(async () => {
        commands += 1;
        if (commands < 2) return;
        stage.meddle(null);
        await store.end(id);
      });
      await store.rewriteUser({ ...user, name: "Augusta" });
      expect(await load(store, id)).toBeNull();
    });

    it("R22: a slow request does not undo a change of its user", async () => {
      const user = somebody();
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
      const written = await stage.rawOf(id);
      await store.renew(other, id, clock.now() + 5 * HOUR);
      expect(await stage.rawOf(id)).toBe(written);
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
        const id = await begin(somebody(), isRemembered);
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
      const id = await begin(somebody(), isRemembered);
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
      const [user, other] = [somebody(), somebody()];
      const theirs = [await begin(user), await begin(user, true), await begin(user)];
      const otherId = await begin(other);
      await store.endAllOf(user.id);
      expect(await Promise.all(theirs.map((id) => load(store, id)))).toEqual([null, null, null]);
      expect(await load(store, otherId)).not.toBeNull();
      await store.endAllOf(user.id);
      await store.endAllOf(somebody().id);
    });

    it("R22: a session that begins after all were ended is found the next time", async () => {
      const user = somebody();
      await begin(user);
      await store.endAllOf(user.id);
      const later = await begin(user);
      expect(await load(store, later)).not.toBeNull();
      await store.endAllOf(user.id);
      expect(await load(store, later)).toBeNull();
    });

    it("R22: a change reaches every session of the user, and none that has ended or is somebody else's", async () => {
      const [user, other] = [somebody(), somebody()];
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

    it("R22: a session that others write all the time ends, rather than keep what is no longer true", async () => {
      const user = somebody();
      const id = await begin(user);
      stage.meddle(async () => {
        const record = decodeRecord((await stage.rawOf(id)) ?? "");
        if (record) await stage.changeRaw(id, encodeRecord({ ...record, seenAt: record.seenAt + 1 }));
      });
      await store.rewriteUser({ ...user, name: "Augusta" });
      stage.meddle(null);
      expect(await load(store, id)).toBeNull();
    });

    it("R22: a change keeps the times of a session: it ends when it would have", async () => {
      const user = somebody();
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
      const user = somebody();
      await stage.writeRaw(id, user.id, text);
      expect(await load(store, id)).toBeNull();
      await store.rewriteUser(user);
      await store.endAllOf(user.id);
      expect(await stage.rawOf(id)).toBeNull();
    });

    it("is small: 450 bytes for an e-mail of 24 and a name of 12 characters", async () => {
      const user = somebody({
        email: "ada.lovelace@example.com",
        name: "Ada Lovelace",
        store: { handle: "ada-lovelace", name: "Ada Lovelace" },
      });
      expect(user.email).toHaveLength(24);
      expect(user.name).toHaveLength(12);
      const raw = (await stage.rawOf(await begin(user, true))) ?? "";
      expect(Buffer.byteLength(raw)).toBeGreaterThan(0);
      expect(Buffer.byteLength(raw)).toBeLessThanOrEqual(450);
    });

    it("is small: 1.5 KB at the longest", async () => {
      const name = "🦊".repeat(60);
      const store = { handle: "h".repeat(67), name };
      const raw = (await stage.rawOf(await begin(somebody({ email: "e".repeat(254), name, store }), true))) ?? "";
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
      // Redis goes by its own clock: there the row is left to its expiry.
      expect((await stage.rawOf(old)) === null).toBe(kind === "embedded");
      expect(await load(store, young)).not.toBeNull();
    });

    it("answers that it is well", async () => {
      await expect(store.ping()).resolves.toBeUndefined();
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

describe.skipIf(!canRunOn("redis"))(named("sessions in Redis", "redis"), () => {
  let stage: RedisStage;
  let clock: Clock;
  let store: SessionStore;
  beforeAll(async () => {
    stage = await redisStage();
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    clock = createClock(new Date().toISOString());
    store = stage.storeFor(clock);
  });

  async function begin(user: User, loggedInAt = clock.now()): Promise<string> {
    const id = newId();
    await save(store, id, sessionOf({ user, loggedInAt, seenAt: loggedInAt, isRemembered: false }));
    return id;
  }
  const indexOf = (user: User) => stage.redis.zrange(`${stage.prefix}sessions-of:${user.id}`, "0", "-1");

  it("expire by themselves, with their index", async () => {
    const user = somebody();
    const id = await begin(user);
    for (const key of [`session:${id}`, `sessions-of:${user.id}`]) {
      const left = await stage.redis.pttl(stage.prefix + key);
      expect(left).toBeGreaterThan(DAY - 60_000);
      expect(left).toBeLessThanOrEqual(DAY);
    }
  });

  it("have an index per user that heals itself: what is over is gone after the next log-in", async () => {
    const user = somebody();
    await begin(user);
    clock.advance("25h");
    const living = await begin(user);
    expect(await indexOf(user)).toEqual([living]);
  });

  it("have an index that lives as long as the session that lives longest", async () => {
    const user = somebody();
    const id = newId();
    await save(store, id, sessionOf({ user, loggedInAt: clock.now(), seenAt: clock.now(), isRemembered: true }));
    await begin(user);
    expect(await stage.redis.pttl(`${stage.prefix}sessions-of:${user.id}`)).toBeGreaterThan(13 * DAY);
  });

  it("are back in their index after a renewal when it was lost", async () => {
    const user = somebody();
    const id = await begin(user);
    await stage.redis.del(`${stage.prefix}sessions-of:${user.id}`);
    await store.renew((await load(store, id)) as SessionData, id, clock.now() + 60_000);
    expect(await indexOf(user)).toEqual([id]);
  });

  it("R10: are stored when the store says so, also when it is 150 ms slow", async () => {
    stage.faults.slow(75);
    const id = await begin(somebody());
    expect(await stage.rawOf(id)).not.toBeNull();
    expect((await load(store, id))?.record).toBeDefined();
    await stage.faults.restore();
  });

  it("R22: a session that is being renewed all the time still learns what changed about its user", async () => {
    const user = somebody();
    const id = await begin(user);
    stage.faults.slow(10);
    const renewing = (async () => {
      for (let times = 1; times <= 10; times += 1) {
        const session = await load(store, id);
        if (session) await store.renew(session, id, clock.now() + times);
      }
    })();
    await store.rewriteUser({ ...user, name: "Augusta" });
    await renewing;
    await stage.faults.restore();
    const now = await load(store, id);
    if (now) expect(now.record?.user.name).toBe("Augusta");
  });

  it("R75: a store that is down says so to everybody who asks, and works again once it is back", async () => {
    const user = somebody();
    const id = await begin(user);
    const session = (await load(store, id)) as SessionData;
    await stage.faults.kill();
    const fresh = sessionOf({ user, loggedInAt: clock.now(), seenAt: clock.now(), isRemembered: false });
    const asked = [
      load(store, id),
      save(store, newId(), fresh),
      store.renew(session, id, clock.now()),
      store.end(id),
      store.endAllOf(user.id),
      store.rewriteUser(user),
      store.ping(),
    ];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer.status).toBe("rejected");
      expect((answer as PromiseRejectedResult).reason).toBeInstanceOf(SessionStoreUnavailable);
    }
    await stage.faults.restore();
    await expect.poll(() => load(store, id).catch(() => null), { timeout: 5000 }).not.toBeNull();
  });

  it("R75: a store that stalls says so within a second", async () => {
    stage.faults.stall();
    const start = performance.now();
    await expect(load(store, newId())).rejects.toBeInstanceOf(SessionStoreUnavailable);
    expect(performance.now() - start).toBeLessThan(1000);
    await stage.faults.restore();
    await expect
      .poll(
        () =>
          store.ping().then(
            () => "well",
            () => "down",
          ),
        { timeout: 8000 },
      )
      .toBe("well");
  });

  it("R76: in a store that was emptied nobody has a session, and new ones begin", async () => {
    const user = somebody();
    const id = await begin(user);
    for (const key of await stage.redis.keys(`${stage.prefix}*`)) await stage.redis.del(key);
    expect(await load(store, id)).toBeNull();
    expect(await load(store, await begin(user))).not.toBeNull();
  });
});

describe("sessions in the database", () => {
  it("R75: are not said to be there when it is not", async () => {
    const database = await openTemporaryDatabase();
    const store = new EmbeddedSessionStore(database, { clock: createClock("2030-01-01T00:00:00Z"), limits });
    await store.ping();
    await database.close();
    await expect(store.ping()).rejects.toThrow();
  });
});
