import {
  type Client,
  type Clock,
  createClient,
  createClock,
  createLatch,
  createMailbox,
  defineActors,
  holdCalls,
  type Listening,
  listen,
  type Mailbox,
  race,
  tally,
} from "@yumroad/testkit";
import express, { type Express } from "express";
import { MemoryStore } from "express-session";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createApp } from "./app.ts";

let clock: Clock;
let mail: Mailbox;
let store: MemoryStore;
let app: Express;
let server: Listening;

beforeEach(async () => {
  clock = createClock("2030-01-01T00:00:00Z");
  mail = await createMailbox();
  store = new MemoryStore();
  app = createApp({ store, now: clock.now, smtpUrl: mail.url });
  server = await listen(app);
});
afterEach(async () => {
  await server.close();
  await mail.close();
});

function visitor(): Client {
  return createClient({ url: server.url, publicUrl: "https://diary.example", behindTlsProxy: true, now: clock.now });
}

async function mailedToken(email: string): Promise<string> {
  await visitor().post("/login", { json: { email } });
  return new URL(mail.last(email).link()).hash.slice(1);
}

async function logIn(email = "ada@example.com"): Promise<Client> {
  const client = visitor();
  await client.post("/enter", { json: { token: await mailedToken(email) } });
  return client;
}

async function look(client: Client) {
  const { status, json } = await client.get<{ of: string; isFresh: boolean } | undefined>("/diary");
  return { status, ...json };
}

test("a browser keeps the session's cookie, and what it promises", async () => {
  const client = await logIn();
  expect(client.cookies.get("__Host-diary")).toMatchObject({ secure: true, httpOnly: true, sameSite: "Lax" });
  const answer = await client.get<{ of: string }>("/diary");
  expect([answer.status, answer.json.of]).toEqual([200, "ada@example.com"]);
  await client.post("/logout");
  expect(client.cookies.all()).toEqual([]);
  expect((await client.get("/diary")).status).toBe(401);
});

test("another site's page gets no diary, and logs nobody out", async () => {
  const client = await logIn();
  const evil = client.from("https://evil.example");
  expect((await evil.get("/diary")).status).toBe(401);
  expect((await evil.get("/diary", { mode: "navigate" })).status).toBe(200);
  expect((await evil.post("/logout", { mode: "navigate" })).status).toBe(403);
  expect((await client.get("/diary")).status).toBe(200);
  expect((await client.from(null).get("/diary")).status).toBe(200);
});

test("a cookie that was tampered with is nobody's, and a stolen one is after the log-out", async () => {
  const client = await logIn();
  const thief = client.twin();
  expect((await thief.get("/diary")).status).toBe(200);
  thief.cookies.tamper("__Host-diary");
  expect((await thief.get("/diary")).status).toBe(401);
  const saved = client.cookies.snapshot();
  await client.post("/logout");
  client.cookies.restore(saved);
  expect((await client.get("/diary")).status).toBe(401);
});

async function logInLongAgo(): Promise<Client> {
  const client = await logIn();
  clock.advance("11m");
  return client;
}

test("everybody is who they are said to be", async () => {
  const sees = (expected: object) => async (client: Client) => ({ seen: await look(client), expected });
  const actors = defineActors({
    stale: { make: logInLongAgo, proof: sees({ status: 200, of: "ada@example.com", isFresh: false }) },
    anonymous: { make: visitor, proof: sees({ status: 401 }) },
    owner: { make: logIn, proof: sees({ status: 200, of: "ada@example.com", isFresh: true }) },
    other: { make: () => logIn("bob@example.com"), proof: sees({ status: 200, of: "bob@example.com", isFresh: true }) },
  });
  const everybody = await actors.makeAll();
  await actors.tellApart(everybody);

  clock.advance("11m");
  await expect(actors.prove("owner", everybody.owner)).rejects.toThrow("isFresh: false");
});

test("a visit ends after a day", async () => {
  const client = await logIn();
  clock.advance("23h");
  expect((await client.get("/diary")).status).toBe(200);
  clock.advance("1h");
  expect((await client.get("/diary")).status).toBe(401);
});

test("a mailed link opens the diary", async () => {
  await visitor().post("/login", { json: { email: "ada@example.com" } });
  const link = new URL(mail.last("ada@example.com").link());
  const client = visitor();
  await client.post("/enter", { json: { token: link.hash.slice(1) } });
  expect((await client.get("/diary")).status).toBe(200);
  expect(mail.to("bob@example.com")).toEqual([]);
});

test("of twenty that come with one link at once, one gets in", async () => {
  const token = await mailedToken("ada@example.com");
  const latch = createLatch();
  const held = await listen(express().use("/enter", latch.middleware).use(app));
  const entering = race(20, () => createClient(held).post("/enter", { json: { token } }));
  await latch.arrived(20);
  latch.open();
  expect(tally(await entering)).toEqual({ 204: 1, 410: 19 });
  await held.close();
});

test("the answer to a log-in leaves when the session is kept, and not before", async () => {
  const client = visitor();
  const token = await mailedToken("ada@example.com");
  const saving = holdCalls(store, "set");
  const entering = client.post("/enter", { json: { token } });
  await saving.arrived();
  expect(client.cookies.all()).toEqual([]);
  saving.open();
  expect((await entering).status).toBe(204);
  expect((await client.get("/diary")).status).toBe(200);
});
