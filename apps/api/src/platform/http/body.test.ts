import { request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Problem } from "@yumroad/contract";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestApp, type Person, type TestApp } from "../../../test/test-app.ts";

const PRODUCT = { name: "A shelf of paper", price: { amount: 100, currency: "EUR" } };

let app: TestApp;
let person: Person;
beforeAll(async () => {
  app = await createTestApp({ limits: { bodyStall: 150, bodyTime: 600 } });
  person = await app.signUp();
});
afterAll(() => app.close());

it("R41: a body whose sender pauses for too long is a 408, and the connection ends", async () => {
  const held = await person.client.hold<Problem>({ method: "POST", path: "/api/products", json: PRODUCT });
  const { status, json, headers } = await held.answer;
  expect([status, json.code, headers.connection]).toEqual([408, "request_timeout", "close"]);
});

it("R41: a body that keeps coming, byte by byte, is a 408 once it has taken too long in all", async () => {
  const startedAt = performance.now();
  expect(await trickle("/api/auth/login", 40)).toBe(408);
  const took = performance.now() - startedAt;
  expect(took).toBeGreaterThan(550);
  expect(took).toBeLessThan(3000);
});

it("so is a body that a request needs none of", async () => {
  const held = await person.client.hold({ method: "GET", path: "/api/account", json: {} });
  expect((await held.answer).status).toBe(408);
});

it("a slow body of somebody who may not ask is told that, and not that it was slow", async () => {
  const held = await app.visitor().hold<Problem>({ method: "POST", path: "/api/products", json: PRODUCT });
  expect((await held.answer).json.code).toBe("unauthenticated");
});

it("R41: what needs no log-in takes 8 KB, and everything else 100 KB", async () => {
  const sizes = [
    ["/api/auth/login", 8192],
    ["/api/products", 100_000],
  ] as const;
  for (const [path, size] of sizes) {
    const bodyOf = (bytes: number) => JSON.stringify("x".repeat(bytes - 2));
    const send = (body: string) => person.client.post(path, { body, headers: { "Content-Type": "application/json" } });
    expect([path, (await send(bodyOf(size))).status]).toEqual([path, 422]);
    expect([path, (await send(bodyOf(size + 1))).status]).toEqual([path, 413]);
  }
});

/** Sends a byte every `everyMs` milliseconds until there is an answer. Returns its status. */
async function trickle(path: string, everyMs: number): Promise<number> {
  const { hostname, port } = new URL(app.url);
  const headers = { "Content-Type": "application/json", "X-Forwarded-Proto": "https", "Transfer-Encoding": "chunked" };
  const outgoing = request({ hostname, port, path, method: "POST", headers });
  let status: number | null = null;
  outgoing.once("response", (response) => {
    status = response.statusCode ?? 0;
    response.resume();
  });
  // The server ends the connection during the request.
  outgoing.on("error", () => {});
  for (let sent = 0; sent < 100 && status === null; sent += 1) {
    outgoing.write(" ");
    await delay(everyMs);
  }
  outgoing.destroy();
  return status ?? 0;
}
