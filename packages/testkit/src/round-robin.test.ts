import { afterEach, beforeEach, expect, test } from "vitest";
import { createClient } from "./client.ts";
import { type Listening, listen } from "./listen.ts";
import { createRoundRobin, type RoundRobin } from "./round-robin.ts";

let servers: Listening[];
let proxy: RoundRobin;

beforeEach(async () => {
  servers = await Promise.all(
    ["one", "two"].map((name) =>
      listen((req, res) => {
        if (req.url === "/break" && name === "one") req.destroy();
        else req.pipe(res.setHeader("X-Server", name));
      }),
    ),
  );
  proxy = await createRoundRobin(servers);
});
afterEach(() => Promise.all([proxy, ...servers].map(({ close }) => close())));

async function askedOf(method: string, path: string, times: number): Promise<string[]> {
  const asked: string[] = [];
  for (let time = 0; time < times; time += 1) {
    const { status, headers } = await createClient(proxy).request({ method, path });
    asked.push(String(headers["x-server"] ?? status));
  }
  return asked;
}

test("goes from one to the next, with what was sent and answered", async () => {
  expect((await createClient(proxy).post("/", { body: "hello" })).text).toBe("hello");
  expect(await askedOf("POST", "/", 4)).toEqual(["two", "one", "two", "one"]);
});

test("leaves out one that is not there, and says so when none is", async () => {
  await servers[0]?.close();
  expect(await askedOf("POST", "/", 4)).toEqual(["two", "two", "two", "two"]);
  await servers[1]?.close();
  expect(await askedOf("GET", "/", 1)).toEqual(["502"]);
});

test("asks again where a read broke off, and never where something else did", async () => {
  expect(await askedOf("GET", "/break", 2)).toEqual(["two", "two"]);
  expect((await askedOf("POST", "/break", 2)).sort()).toEqual(["502", "two"]);
});

test("counts the reads that it asked again since a server broke them off, and no others", async () => {
  await askedOf("POST", "/break", 2);
  expect(proxy.retriesOfTaken).toBe(0);
  await askedOf("GET", "/break", 4);
  expect(proxy.retriesOfTaken).toBe(2);
  await servers[0]?.close();
  await askedOf("GET", "/", 4);
  expect(proxy.retriesOfTaken).toBe(2);
});
