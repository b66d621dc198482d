import type { User } from "@yumroad/contract";
import { type Clock, createClock } from "@yumroad/testkit";
import type { SessionData } from "express-session";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  createRedisFixture,
  load,
  makeUser,
  newId,
  type RedisStoreFixture,
  save,
  sessionOf,
} from "../../../test/session-store-fixtures.ts";
import { canRunOn, named } from "../../../test/store-kinds.ts";
import type { SessionRecord } from "./session-record.ts";
import { type SessionStore, SessionStoreUnavailable } from "./session-store.ts";

const DAY = 24 * 3_600_000;

describe.skipIf(!canRunOn("redis"))(named("sessions in Redis", "redis"), () => {
  let fixture: RedisStoreFixture;
  let clock: Clock;
  let store: SessionStore;
  beforeAll(async () => {
    fixture = await createRedisFixture();
  });
  afterAll(() => fixture.close());
  beforeEach(() => {
    clock = createClock(new Date().toISOString());
    store = fixture.storeFor(clock);
  });

  async function begin(user: User, loggedInAt = clock.now()): Promise<string> {
    const id = newId();
    await save(store, id, sessionOf({ user, loggedInAt, seenAt: loggedInAt, isRemembered: false }));
    return id;
  }
  const indexOf = (user: User) => fixture.redis.zrange(`${fixture.prefix}sessions-of:${user.id}`, "0", "-1");

  it("expire by themselves, with their index", async () => {
    const user = makeUser();
    const id = await begin(user);
    for (const key of [`session:${id}`, `sessions-of:${user.id}`]) {
      const left = await fixture.redis.pttl(fixture.prefix + key);
      expect(left).toBeGreaterThan(DAY - 60_000);
      expect(left).toBeLessThanOrEqual(DAY);
    }
  });

  it("expire by themselves also when they were renewed or go on under another id, with their index", async () => {
    const user = makeUser();
    const id = await begin(user);
    const hoursLeft = async (key: string) => (await fixture.redis.pttl(fixture.prefix + key)) / 3_600_000;
    clock.advance("2h");
    await store.renew((await load(store, id)) as SessionData, id, clock.now());
    expect(await hoursLeft(`session:${id}`)).toBeCloseTo(24);
    expect(await hoursLeft(`sessions-of:${user.id}`)).toBeCloseTo(24);
    const renewed = (await load(store, id))?.record as SessionRecord;
    clock.advance("3h");
    const moved = newId();
    expect(await store.move(id, moved, renewed)).toBe(true);
    expect(await hoursLeft(`session:${moved}`)).toBeCloseTo(21);
    expect(await hoursLeft(`sessions-of:${user.id}`)).toBeCloseTo(21);
  });

  it("are looked at whether they can be stored by a key of our own, which is gone in a second", async () => {
    await store.assertWritable();
    const left = await fixture.redis.pttl(`${fixture.prefix}probe`);
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(1000);
  });

  it("are not touched at each request by express-session, which would send the answer in two pieces", () => {
    expect(store.touch).toBeUndefined();
  });

  it("have an index per user that heals itself: what is over is gone after the next log-in", async () => {
    const user = makeUser();
    await begin(user);
    clock.advance("25h");
    const living = await begin(user);
    expect(await indexOf(user)).toEqual([living]);
  });

  it("have an index that lives as long as the session that lives longest", async () => {
    const user = makeUser();
    const id = newId();
    await save(store, id, sessionOf({ user, loggedInAt: clock.now(), seenAt: clock.now(), isRemembered: true }));
    await begin(user);
    expect(await fixture.redis.pttl(`${fixture.prefix}sessions-of:${user.id}`)).toBeGreaterThan(13 * DAY);
  });

  it("are back in their index after a renewal when it was lost", async () => {
    const user = makeUser();
    const id = await begin(user);
    await fixture.redis.del(`${fixture.prefix}sessions-of:${user.id}`);
    await store.renew((await load(store, id)) as SessionData, id, clock.now() + 60_000);
    expect(await indexOf(user)).toEqual([id]);
  });

  it("R10: are stored when the store says so, also when it is 150 ms slow", async () => {
    fixture.faults.slow(75);
    const id = await begin(makeUser());
    expect(await fixture.rawOf(id)).not.toBeNull();
    expect((await load(store, id))?.record).toBeDefined();
    await fixture.faults.restore();
  });

  it("R22: a session that is being renewed all the time still learns what changed about its user", async () => {
    const user = makeUser();
    const id = await begin(user);
    fixture.faults.slow(10);
    const renewing = (async () => {
      for (let times = 1; times <= 10; times += 1) {
        const session = await load(store, id);
        if (session) await store.renew(session, id, clock.now() + times);
      }
    })();
    await store.rewriteUser({ ...user, name: "Augusta" });
    await renewing;
    await fixture.faults.restore();
    const now = await load(store, id);
    if (now) expect(now.record?.user.name).toBe("Augusta");
  });

  it("R75: a store that is down says so to everybody who asks, and works again once it is back", async () => {
    const user = makeUser();
    const id = await begin(user);
    const session = (await load(store, id)) as SessionData;
    await fixture.faults.kill();
    const fresh = sessionOf({ user, loggedInAt: clock.now(), seenAt: clock.now(), isRemembered: false });
    const asked = [
      load(store, id),
      save(store, newId(), fresh),
      store.renew(session, id, clock.now()),
      store.end(id),
      store.endAllOf(user.id),
      store.rewriteUser(user),
      store.assertWritable(),
    ];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer.status).toBe("rejected");
      expect((answer as PromiseRejectedResult).reason).toBeInstanceOf(SessionStoreUnavailable);
    }
    await fixture.faults.restore();
    await expect.poll(() => load(store, id).catch(() => null), { timeout: 5000 }).not.toBeNull();
  });

  it("R75: a fault of ours is not told as one of the store", async () => {
    const id = newId();
    await fixture.redis.hset(`${fixture.prefix}session:${id}`, "no", "text");
    await expect(load(store, id)).rejects.toThrow(/^WRONGTYPE/);
    await expect(load(store, id)).rejects.not.toBeInstanceOf(SessionStoreUnavailable);
  });

  it("R75: a store that stalls says so within a second", async () => {
    fixture.faults.stall();
    const start = performance.now();
    await expect(load(store, newId())).rejects.toBeInstanceOf(SessionStoreUnavailable);
    expect(performance.now() - start).toBeLessThan(1000);
    await fixture.faults.restore();
    await expect
      .poll(
        () =>
          store.assertWritable().then(
            () => "well",
            () => "down",
          ),
        { timeout: 8000 },
      )
      .toBe("well");
  });

  it("R76: in a store that was emptied nobody has a session, and new ones begin", async () => {
    const user = makeUser();
    const id = await begin(user);
    for (const key of await fixture.redis.keys(`${fixture.prefix}*`)) await fixture.redis.del(key);
    expect(await load(store, id)).toBeNull();
    expect(await load(store, await begin(user))).not.toBeNull();
  });
});
