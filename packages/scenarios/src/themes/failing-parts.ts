import assert from "node:assert/strict";
import type { SessionState } from "@yumroad/contract";
import { answered, eventually, refused, within } from "../expectations.ts";
import {
  areInvalid,
  newcomer,
  OTHER_PASSWORD,
  type Person,
  SESSION_COOKIE,
  tryLogIn,
  uniqueEmail,
  whoIs,
  withCookies,
} from "../people.ts";
import type { Scenario, Theme } from "../scenario.ts";
import type { Faults, TestEnvironment } from "../test-environment.ts";

type FailingScenario = Omit<Scenario, "alone" | "run"> & Required<Pick<Scenario, "run">>;

/** The ways in which a store can fail. */
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
            "failing-parts.spec.ts › R75, R77: two sellers and a stranger go on while Redis is away and while each process is restarted",
        }),
        run: async (env) => {
          const { client, email } = await newcomer(env);
          await fail(env.redis);
          const answer = await within(1000, refused(client.get("/api/account"), "session_store_unavailable"));
          assert.ok(Number(answer.headers["retry-after"]) > 0);
          assert.deepEqual(answer.setCookies, []);
          await within(1000, refused(client.get("/api/auth/session"), "session_store_unavailable"));
          await within(1000, answered(client.get("/api/products"), 200));
          await env.redis.restore();
          await eventually(async () => (await client.get("/api/account")).status === 200, "the session is back");
          assert.equal(await whoIs(client), email);
        },
      }),
    ),
    failing("redis", {
      name: "whoever brings no cookie needs no session store to be told that they are nobody",
      rows: ["R75"],
      run: async (env) => {
        await env.redis.kill();
        const { json } = await answered(env.visitor().get<SessionState>("/api/auth/session"), 200);
        assert.equal(json.user, null);
        await answered(env.visitor().post("/api/auth/logout"), 204);
      },
    }),
    failing("redis", {
      name: "while the session store is away nobody is half logged in: a log-in is a 503 without a cookie",
      rows: ["R75"],
      run: async (env) => {
        const person = await newcomer(env);
        await env.redis.kill();
        const answer = await within(1000, refused(tryLogIn(env.visitor(), person), "session_store_unavailable"));
        assert.deepEqual(answer.setCookies, []);
      },
    }),
    failing("redis", {
      name: "while the session store is away a sign-up makes no account",
      rows: ["R75"],
      run: async (env) => {
        const json = { name: "Ada", email: uniqueEmail(), password: OTHER_PASSWORD };
        await env.redis.kill();
        await refused(env.visitor().post("/api/auth/signup", { json }), "session_store_unavailable");
        await env.redis.restore();
        const client = env.visitor();
        await eventually(
          async () => (await client.post("/api/auth/signup", { json })).status === 201,
          "the address is free, and the sign-up works",
        );
      },
    }),
    failing("redis", {
      name: "while the session store is away a log-out clears the cookie and says that the session could not be ended",
      rows: ["R18"],
      run: async (env) => {
        const { client } = await newcomer(env);
        await env.redis.kill();
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
      run: async (env) => {
        await env.redis.kill();
        const client = env.visitor();
        const ask = () => client.post("/api/auth/forgot-password", { json: { email: uniqueEmail() } });
        for (let round = 0; round < 60; round += 1) await answered(ask(), 202);
        await refused(ask(), "rate_limited");
      },
    }),
    failing("redis", {
      name: "with a store that is 150 ms slow, a session is stored before the answer tells of it",
      rows: ["R10", "R75"],
      run: async (env) => {
        const person = await newcomer(env);
        const { email, password } = { email: uniqueEmail(), password: OTHER_PASSWORD };
        env.redis.slow(75);
        assert.equal(await whoAtHeaders(env, "/api/auth/login", pick(person)), person.email);
        assert.equal(await whoAtHeaders(env, "/api/auth/signup", { name: "Ada", email, password }), email);
      },
    }),
    failing("redis", {
      name: "with a slow store, a request that was under way does not bring a session back after its log-out",
      rows: ["R17", "R75"],
      run: async (env) => {
        const { client } = await newcomer(env);
        const before = client.cookies.snapshot();
        // Makes the request due to renew the session.
        await env.clock.advance("2m");
        env.redis.slow(75);
        const underWay = withCookies(env, before).get("/api/account");
        // At this moment the request has read the session and has not written it yet.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await answered(client.post("/api/auth/logout"), 204);
        await underWay;
        assert.ok(await areInvalid(env, before), "the session is back");
      },
    }),
    failing("redis", {
      name: "a shop that can't reach its session store is alive and not ready, and says so",
      rows: ["R75"],
      run: async (env) => {
        await env.redis.kill();
        await answered(env.visitor().get("/healthz"), 200);
        const { json } = await answered(env.visitor().get("/readyz"), 503);
        assert.deepEqual(json, { status: "unavailable", checks: { database: "ok", sessions: "failing" } });
        await env.redis.restore();
        await eventually(async () => (await env.visitor().get("/readyz")).status === 200, "ready again");
      },
    }),
    failing("postgres", {
      name: "a log-out works while the database is away",
      rows: ["R18"],
      needs: ["redis", "postgres"],
      run: async (env) => {
        const { client } = await newcomer(env);
        const before = client.cookies.snapshot();
        await env.postgres.kill();
        await answered(client.post("/api/auth/logout"), 204);
        await env.postgres.restore();
        const copy = env.visitor();
        copy.cookies.restore(before);
        assert.equal(await whoIs(copy), null);
      },
    }),
    failing("postgres", {
      name: "while the database is away the shop says that and nothing of why, and recovers by itself",
      rows: ["R80"],
      run: async (env) => {
        await env.postgres.kill();
        const { text, headers } = await refused(env.visitor().get("/api/products"), "database_unavailable");
        assert.doesNotMatch(text, /postgres|ECONN|127\.0\.0\.1|select/i);
        assert.ok(Number(headers["retry-after"]) > 0);
        await env.postgres.restore();
        await eventually(
          async () => (await env.visitor().get("/api/products")).status === 200,
          "the catalogue is back",
        );
      },
    }),
  ],
};

/** A scenario in which a part fails. No other scenario runs at the same time. */
function failing(part: "redis" | "postgres", { needs = [part], run, ...told }: FailingScenario): Scenario {
  return { ...told, needs, alone: true, run: (env) => putBack(env, env[part], () => run(env)) };
}

/** Restores the part afterwards, whatever the outcome, and waits until the shop has noticed. */
async function putBack(env: TestEnvironment, faults: Faults, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } finally {
    await faults.restore();
    await eventually(async () => (await env.visitor().get("/readyz")).status === 200, "the shop is ready again");
  }
}

/** The user that the second process sees at the moment when the headers of the first process's answer arrive. */
async function whoAtHeaders(env: TestEnvironment, path: string, json: object): Promise<string | undefined> {
  const client = env.visitor();
  let next: Promise<SessionState> | undefined;
  await client.post(path, {
    json,
    onHeaders: () => {
      const there = withCookies(env, client.cookies.snapshot(), { process: "second" });
      next = there.get<SessionState>("/api/auth/session").then((answer) => answer.json);
    },
  });
  return (await next)?.user?.email;
}

function pick({ email, password }: Pick<Person, "email" | "password">) {
  return { email, password };
}
