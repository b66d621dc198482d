import { randomBytes } from "node:crypto";
import { createClient, createFaults, createMailbox, findService, listen } from "@yumroad/testkit";
import { RedisStore } from "connect-redis";
import { Redis } from "ioredis";
import { describe, expect, test } from "vitest";
import { createApp } from "./app.ts";

const redisUrl = await findService("Redis", process.env.REDIS_URL || "redis://127.0.0.1:6379");

describe.skipIf(redisUrl === null)("the diary on Redis [needs Redis]", () => {
  const prefix = `diary-test-${randomBytes(6).toString("hex")}:`;

  async function open() {
    const direct = new Redis(redisUrl ?? "");
    const flush = async () => void (await direct.unlink(["none", ...(await direct.keys(`${prefix}*`))]));
    const faults = await createFaults({ sessions: { url: redisUrl ?? "", flush } });
    const redis = new Redis(faults.sessions.url, {
      maxRetriesPerRequest: 0,
      commandTimeout: 300,
      retryStrategy: () => 20,
    });
    redis.on("error", () => {});
    const mail = await createMailbox();
    const store = new RedisStore({ client: redis, prefix });
    const server = await listen(createApp({ store, now: Date.now, smtpUrl: mail.url }));
    const client = createClient({ url: server.url, publicUrl: "https://diary.example", behindTlsProxy: true });
    await client.post("/login", { json: { email: "ada@example.com" } });
    const token = new URL(mail.last("ada@example.com").link()).hash.slice(1);
    expect((await client.post("/enter", { json: { token } })).status).toBe(204);

    async function close() {
      await server.close();
      await mail.close();
      await flush();
      redis.disconnect();
      direct.disconnect();
      await faults.closeAll();
    }
    return { faults, client, close };
  }

  test("a store that is down is an error, one that is empty is nobody's, and a slow one is slow", async () => {
    const { faults, client, close } = await open();
    await faults.sessions.kill();
    expect((await client.get("/diary")).status).toBe(500);
    await faults.sessions.restore();
    await expect.poll(async () => (await client.get("/diary")).status).toBe(200);
    faults.sessions.stall();
    expect((await client.get("/diary")).status).toBe(500);
    await faults.sessions.restore();
    await expect.poll(async () => (await client.get("/diary")).status).toBe(200);
    faults.sessions.slow(50);
    expect((await client.get("/diary")).status).toBe(200);
    await faults.sessions.flush();
    expect((await client.get("/diary")).status).toBe(401);
    await close();
  });
});
