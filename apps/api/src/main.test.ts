import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import type { OutboxMail, OutboxMailInFull, Product, SessionState } from "@yumroad/contract";
import { OUTBOX_KEY_HEADER } from "@yumroad/contract";
import { type Client, createClient, listen } from "@yumroad/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeEnvironment } from "../test/server-process.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { demoLogin } from "./demo/demo-stores.ts";

const main = join(import.meta.dirname, "main.ts");

interface Server {
  port: number;
  client: Client;
  process: ChildProcess;
  /** Everything written to both outputs so far. */
  output(): string;
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

let folder: ReturnType<typeof temporaryFolder>;
let running: ChildProcess[] = [];
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running = [];
  folder.remove();
});

function launch(settings: Record<string, string> = {}) {
  const env = { ...nodeEnvironment(), DATA_DIR: join(folder.path, "data"), PORT: "0", ...settings };
  const child = spawn(process.execPath, [main], { env, cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  running.push(child);
  let text = "";
  child.stdout.on("data", (bytes) => (text += bytes));
  child.stderr.on("data", (bytes) => (text += bytes));
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { child, exit, output: () => text };
}

async function start(settings?: Record<string, string>): Promise<Server> {
  const { child, exit, output } = launch(settings);
  const readyLine = () =>
    output()
      .split("\n")
      .find((line) => line.includes('"msg":"ready"'));
  await expect.poll(readyLine, { timeout: 60_000, interval: 50 }).toBeDefined();
  const { port } = JSON.parse(readyLine() ?? "") as { port: number };
  return {
    port,
    client: createClient({ url: `http://127.0.0.1:${port}`, publicUrl: "http://localhost:3000" }),
    process: child,
    output,
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return exit;
    },
  };
}

const localhost = { PUBLIC_URL: "http://localhost:3000" };

// Real processes with the real cost of a hash: several seconds each on a busy machine.
describe("the server as a process", { timeout: 90_000 }, () => {
  it("S24: starts with nothing set, keeps data and sessions over a restart, and stops cleanly", async () => {
    const first = await start(localhost);
    expect(first.output()).toContain(demoLogin.email);
    expect((await first.client.post("/api/auth/login", { json: demoLogin })).status).toBe(200);
    const json = { name: "Made before the restart", price: { amount: 100, currency: "EUR" } };
    const made = await first.client.post<Product>("/api/products", { json });
    expect(made.status).toBe(201);
    expect(await first.stop()).toBe(0);
    expect(first.output()).toContain('"msg":"stopped"');

    const second = await start(localhost);
    second.client.cookies.restore(first.client.cookies.snapshot());
    const session = await second.client.get<SessionState>("/api/auth/session");
    expect(session.json.user?.email).toBe(demoLogin.email);
    expect((await second.client.get<Product>(`/api/me/products/${made.json.slug}`)).json).toEqual(made.json);
    // A second signal during shutdown changes nothing.
    second.process.kill("SIGINT");
    expect(await second.stop("SIGINT")).toBe(0);
  });

  it("closes its folder to others, and what it keeps there", async () => {
    const data = join(folder.path, "data");
    mkdirSync(data);
    chmodSync(data, 0o755);
    const server = await start(localhost);
    const files = readdirSync(data);
    expect(files).toEqual(expect.arrayContaining(["yumroad.db", "yumroad.db-wal", "yumroad.db-shm"]));
    const isOpen = (entry: string) => (statSync(join(data, entry)).mode & 0o077) !== 0;
    expect(files.filter(isOpen)).toEqual([]);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(await server.stop()).toBe(0);
  });

  it("R81: prints the link of the mail tray, whose key opens it, the same after a restart", async () => {
    const links: string[] = [];
    for (const _ of ["first", "second"]) {
      const server = await start(localhost);
      const [, link = ""] = /"mailTray":"([^"]+)"/.exec(server.output()) ?? [];
      links.push(link);
      const key = link.slice("http://localhost:3000/outbox#key=".length);
      expect((await server.client.get("/api/outbox")).status).toBe(404);
      expect((await server.client.get("/api/outbox", { headers: { [OUTBOX_KEY_HEADER]: key } })).status).toBe(200);
      expect(server.output().split(key)).toHaveLength(2);
      await server.stop();
    }
    expect(links[0]).toMatch(/^http:\/\/localhost:3000\/outbox#key=[\w-]{43}$/);
    expect(links[1]).toBe(links[0]);
  });

  it("R81: prints the link of the mail tray though its log is silent", async () => {
    const server = await start({ ...localhost, LOG_LEVEL: "silent" });
    expect(server.output()).toMatch(/"mailTray":"http:\/\/localhost:3000\/outbox#key=[\w-]{43}"/);
    await server.client.get("/api/products");
    expect(server.output().trim().split("\n")).toHaveLength(1);
    await server.stop();
  });

  it("R81: has its real port in the tray's link and in those of its mails when the system chose it", async () => {
    const server = await start();
    const url = `http://localhost:${server.port}`;
    const [, link = ""] = /"mailTray":"([^"]+)"/.exec(server.output()) ?? [];
    expect(link.startsWith(`${url}/outbox#key=`)).toBe(true);
    expect(server.output()).toContain(`"publicUrl":"${url}"`);
    // An old browser without Sec-Fetch headers: only Origin tells its requests' origin.
    const client = createClient({ url, publicUrl: url, headers: { "Sec-Fetch-Site": null } });
    const json = { name: "Ada", email: "ada@example.com", password: "plum jam on the windowsill" };
    expect((await client.post("/api/auth/signup", { json })).status).toBe(201);
    const headers = { [OUTBOX_KEY_HEADER]: link.slice(`${url}/outbox#key=`.length) };
    const { items } = (await client.get<{ items: OutboxMail[] }>("/api/outbox", { headers })).json;
    const mail = await client.get<OutboxMailInFull>(`/api/outbox/${items[0]?.id}`, { headers });
    expect(mail.json.text).toContain(`${url}/`);
    expect(await server.stop()).toBe(0);
  });

  it("of two that start at once on an empty folder one fills it, and both serve", async () => {
    const [first, second] = await Promise.all([start(localhost), start(localhost)]);
    for (const server of [first, second]) {
      const { json } = await server.client.get<{ items: unknown[] }>("/api/products?limit=100");
      expect(json.items).toHaveLength(30);
    }
    expect(await Promise.all([first.stop(), second.stop()])).toEqual([0, 0]);
  });

  it("finishes what is in flight when it is told to stop, and takes nothing new", async () => {
    const server = await start(localhost);
    const body = JSON.stringify({ ...demoLogin, remember: false });
    const slow = request({
      port: server.port,
      host: "127.0.0.1",
      method: "POST",
      path: "/api/auth/login",
      headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) },
    });
    const answered = once(slow, "response");
    slow.write(body.slice(0, 10));
    await expect.poll(() => server.client.get("/healthz").then(({ status }) => status)).toBe(200);

    const stopped = server.stop();
    await expect
      .poll(
        () =>
          server.client.get("/healthz").then(
            () => "taken",
            () => "refused",
          ),
        { timeout: 10_000 },
      )
      .toBe("refused");
    slow.end(body.slice(10));
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    response.resume();
    expect(await stopped).toBe(0);
  });

  it("ends with status 1 and every fault of its settings, in sentences", async () => {
    const { exit, output } = launch({ PORT: "x", PUBLIC_URL: "http://shop.example", LOG_LEVEL: "loud" });
    expect(await exit).toBe(1);
    for (const name of ["PORT", "PUBLIC_URL", "LOG_LEVEL", "SESSION_SECRET", "PASSWORD_PEPPER"]) {
      expect(output()).toContain(`  - ${name} `);
    }
    expect(output()).not.toContain("    at ");
  });

  it("ends with status 1 and a sentence when its port is in use", async () => {
    const other = await listen(() => {});
    const { exit, output } = launch({ ...localhost, PORT: String(other.port) });
    expect(await exit).toBe(1);
    expect(output()).toContain("The port is in use by another program");
    expect(output()).not.toContain("    at ");
    await other.close();
  });

  it("R8: ends with status 1 and a sentence when the pepper is another one, and starts again with both", async () => {
    const [former, other] = ["the former pepper of 32 bytes or more", "another pepper that has 32 bytes too"];
    expect(await (await start({ ...localhost, PASSWORD_PEPPER: former })).stop()).toBe(0);
    const { exit, output } = launch({ ...localhost, PASSWORD_PEPPER: other });
    expect(await exit).toBe(1);
    expect(output()).toContain("PASSWORD_PEPPER is not the one");
    expect(output()).not.toContain("    at ");
    const rotated = await start({ ...localhost, PASSWORD_PEPPER: `${other},${former}` });
    expect((await rotated.client.post("/api/auth/login", { json: demoLogin })).status).toBe(200);
    await rotated.stop();
  });
});
