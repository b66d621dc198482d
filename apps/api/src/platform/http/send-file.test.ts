import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Response } from "express";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { createTestApp, type TestApp } from "../../../test/test-app.ts";
import type { Limits } from "../../config/limits.ts";
import type { PlainRow } from "../db/read-rows.ts";
import { limitReading } from "./send-file.ts";

const PRODUCTS = "GET /api/me/products?limit=100";
const EXPORT = "POST /api/account/export";

/** A shop with product names so long that a page of them exceeds every buffer of the system. */
async function largeShop(limits: Partial<Limits>) {
  const app = await createTestApp({ limits });
  onTestFinished(app.close);
  const person = await app.signUp();
  await person.client.post("/api/products", { json: { name: "Moon", price: { amount: 100, currency: "EUR" } } });
  const { database } = app.dependencies;
  const read = database.read.bind(database);
  database.read = async <Row extends PlainRow<Row>>(...given: Parameters<typeof read>) => {
    const rows = await read<Row>(...given);
    if (rows.length === 0) return rows;
    const name = () => randomBytes(150_000).toString("base64");
    return Array.from({ length: 100 }, () => ({ ...(rows[0] as Row), name: name() }));
  };
  return { app, cookie: `__Host-yumroad=${person.client.cookies.get("__Host-yumroad")?.value}` };
}

/** Sends a request on a separate connection, and reads the answer or not. */
function ask({ app, cookie }: { app: TestApp; cookie: string }, request: string, { reads }: { reads: boolean }): void {
  const socket = connect({ port: Number(new URL(app.url).port), host: "127.0.0.1" });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => {});
  const headers = `Host: shop.example\r\nOrigin: https://shop.example\r\nX-Forwarded-Proto: https\r\nCookie: ${cookie}`;
  socket.write(`${request} HTTP/1.1\r\n${headers}\r\n\r\n`);
  if (reads) socket.resume();
  else socket.pause();
}

describe("an answer", () => {
  const aborted = ({ app }: { app: TestApp }) =>
    app.logs.lines.filter(({ msg }) => msg === "request aborted").map(({ req }) => (req as { path: string }).path);

  it.each([PRODUCTS, EXPORT])("that nobody reads ends its connection: %s", async (request) => {
    const shop = await largeShop({ answerStall: 300 });
    ask(shop, request, { reads: false });
    await expect.poll(() => aborted(shop), { timeout: 10_000 }).toHaveLength(1);
    expect(shop.app.logs.text).not.toContain("request failed");
  });

  it("that is read for too long ends its connection", async () => {
    const shop = await largeShop({ answerTime: 700 });
    ask(shop, EXPORT, { reads: true });
    await expect.poll(() => aborted(shop), { timeout: 10_000 }).toEqual(["/api/account/export"]);
  });

  it("to a client that has left leaves no timer behind, which would keep a stopping process alive", async () => {
    const timeouts: unknown[] = [];
    const server = createServer((_req, res) => {
      res.once("close", () => {
        const timers = vi.spyOn(globalThis, "setTimeout");
        limitReading(res as Response, { answerStall: 30_000, answerTime: 600_000 });
        timeouts.push(timers.mock.calls.length);
        timers.mockRestore();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const socket = connect({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
    socket.write("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n", () => setTimeout(() => socket.destroy(), 50));
    await expect.poll(() => timeouts).toEqual([0]);
  });
});
