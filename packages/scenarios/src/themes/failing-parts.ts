import assert from "node:assert/strict";
import type { SessionState } from "@yumroad/contract";
import { answered, eventually, refused, within } from "../expectations.ts";
import {
  areDead,
  newcomer,
  OTHER_PASSWORD,
  type Person,
  SESSION_COOKIE,
  someAddress,
  tryLogIn,
  whoIs,
  withCookies,
} from "../people.ts";
import type { Scenario, Theme } from "../scenario.ts";
import type { Faults, World } from "../world.ts";

type FailingScenario = Omit<Scenario, "alone" | "run"> & Required<Pick<Scenario, "run">>;

/** What else than dead a store can be. */
const WAYS = [
  ["dead", (faults: Faults) => faults.kill()],
  ["stalled", async (faults: Faults) => faults.stall()],
] as const;

export const failingParts: Theme = {
  title: "When parts fail",
  scenarios: [
    ...WAYS.map(([state, fail]) =>
      failing("redis", {
        name: `with the session store ${state} it's a 503 within a second where the session matters, and the catalogue is up`,
        rows: ["R75"],
        ...(state === "dead" && {
          seenIn:
            "failing-parts.spec.ts › two sellers and a stranger go on while Redis is away and while each process is restarted",
        }),
        run: async (world) => {
          const { client, email } = await newcomer(world);
          await fail(world.redis);
          const answer = await within(1000, refused(client.get("/api/account"), "session_store_unavailable"));
          assert.ok(Number(answer.headers["retry-after"]) > 0);
          assert.deepEqual(answer.setCookies, []);
          await within(1000, refused(client.get("/api/auth/session"), "session_store_unavailable"));
          await within(1000, answered(client.get("/api/products"), 200));
          await world.redis.restore();
          await eventually(async () => (await client.get("/api/account")).status === 200, "the session is back");
          assert.equal(await whoIs(client), email);
        },
      }),
    ),
    failing("redis", {
      name: "whoever brings no cookie needs no session store to be told that they are nobody",
      rows: ["R75"],
      run: async (world) => {
        await world.redis.kill();
        const { json } = await answered(world.visitor().get<SessionState>("/api/auth/session"), 200);
        assert.equal(json.user, null);
        await answered(world.visitor().post("/api/auth/logout"), 204);
      },
    }),
    failing("redis", {
      name: "while the session store is away nobody is half logged in: a log-in is a 503 without a cookie",
      rows: ["R75"],
      run: async (world) => {
        const person = await newcomer(world);
        await world.redis.kill();
        const answer = await within(1000, refused(tryLogIn(world.visitor(), person), "session_store_unavailable"));
        assert.deepEqual(answer.setCookies, []);
      },
    }),
    failing("redis", {
      name: "while the session store is away a sign-up makes no account",
      rows: ["R75"],
      run: async (world) => {
        const json = { name: "Ada", email: someAddress(), password: OTHER_PASSWORD };
        await world.redis.kill();
        await refused(world.visitor().post("/api/auth/signup", { json }), "session_store_unavailable");
        await world.redis.restore();
        const client = world.visitor();
        await eventually(
          async () => (await client.post("/api/auth/signup", { json })).status === 201,
          "the address is free, and the sign-up works",
        );
      },
    }),
    failing("redis", {
      name: "while the session store is away a log-out clears the cookie and says that the session could not be ended",
      rows: ["R18"],
      run: async (world) => {
        const { client } = await newcomer(world);
        await world.redis.kill();
        const answer = await within(1000, refused(client.post("/api/auth/logout"), "session_store_unavailable"));
        assert.deepEqual(
          answer.setCookies.map(({ name, value }) => [name, value]),
          [[SESSION_COOKIE, ""]],
        );
      },
    }),
    failing("redis", {
      name: "while the store of the limits is away nobody is unlimited",
      rows: ["R58"],
      run: async (world) => {
        await world.redis.kill();
        const client = world.visitor();
        const ask = () => client.post("/api/auth/forgot-password", { json: { email: someAddress() } });
        for (let round = 0; round < 60; round += 1) await answered(ask(), 202);
        await refused(ask(), "rate_limited");
      },
    }),
    failing("redis", {
      name: "with a store that is 150 ms slow, a session is stored before the answer tells of it",
      rows: ["R10", "R75"],
      run: async (world) => {
        const person = await newcomer(world);
        const { email, password } = { email: someAddress(), password: OTHER_PASSWORD };
        world.redis.slow(75);
        assert.equal(await whoAtHeaders(world, "/api/auth/login", pick(person)), person.email);
        assert.equal(await whoAtHeaders(world, "/api/auth/signup", { name: "Ada", email, password }), email);
      },
    }),
    failing("redis", {
      name: "with a slow store, a request that was under way does not bring a session back after its log-out",
      rows: ["R17", "R75"],
      run: async (world) => {
        const { client } = await newcomer(world);
        const before = client.cookies.snapshot();
        // So that the request has its use to note.
        await world.clock.advance("2m");
        world.redis.slow(75);
        const underWay = withCookies(world, before).get("/api/account");
        // It has read the session by then, and not written it yet.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await answered(client.post("/api/auth/logout"), 204);
        await underWay;
        assert.ok(await areDead(world, before), "the session is back");
      },
    }),
    failing("redis", {
      name: "a shop that can't reach its session store is alive and not ready, and says so",
      rows: ["R75"],
      run: async (world) => {
        await world.redis.kill();
        await answered(world.visitor().get("/healthz"), 200);
        const { json } = await answered(world.visitor().get("/readyz"), 503);
        assert.deepEqual(json, { status: "unavailable", checks: { database: "ok", sessions: "failing" } });
        await world.redis.restore();
        await eventually(async () => (await world.visitor().get("/readyz")).status === 200, "ready again");
      },
    }),
    failing("postgres", {
      name: "a log-out works while the database is away",
      rows: ["R18"],
      needs: ["redis", "postgres"],
      run: async (world) => {
        const { client } = await newcomer(world);
        const before = client.cookies.snapshot();
        await world.postgres.kill();
        await answered(client.post("/api/auth/logout"), 204);
        await world.postgres.restore();
        const copy = world.visitor();
        copy.cookies.restore(before);
        assert.equal(await whoIs(copy), null);
      },
    }),
    failing("postgres", {
      name: "while the database is away the shop says that and nothing of why, and recovers by itself",
      rows: ["R80"],
      run: async (world) => {
        await world.postgres.kill();
        const { text, headers } = await refused(world.visitor().get("/api/products"), "database_unavailable");
        assert.doesNotMatch(text, /postgres|ECONN|127\.0\.0\.1|select/i);
        assert.ok(Number(headers["retry-after"]) > 0);
        await world.postgres.restore();
        await eventually(
          async () => (await world.visitor().get("/api/products")).status === 200,
          "the catalogue is back",
        );
      },
    }),
  ],
};

/** A scenario of a part that fails. The others wait meanwhile. */
function failing(part: "redis" | "postgres", { needs = [part], run, ...told }: FailingScenario): Scenario {
  return { ...told, needs, alone: true, run: (world) => putBack(world, world[part], () => run(world)) };
}

/** Whatever comes of it, the part is there again afterwards, and the shop has noticed. */
async function putBack(world: World, faults: Faults, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } finally {
    await faults.restore();
    await eventually(async () => (await world.visitor().get("/readyz")).status === 200, "the shop is ready again");
  }
}

/** Who the other process takes a browser for that asks it the moment the first one's headers arrive. */
async function whoAtHeaders(world: World, path: string, json: object): Promise<string | undefined> {
  const client = world.visitor();
  let next: Promise<SessionState> | undefined;
  await client.post(path, {
    json,
    onHeaders: () => {
      const there = withCookies(world, client.cookies.snapshot(), { process: "second" });
      next = there.get<SessionState>("/api/auth/session").then((answer) => answer.json);
    },
  });
  return (await next)?.user?.email;
}

function pick({ email, password }: Pick<Person, "email" | "password">) {
  return { email, password };
}
