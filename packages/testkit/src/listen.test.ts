import { createServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { expect, test } from "vitest";
import { freePort, listen } from "./listen.ts";

test("a free port can be listened on", async () => {
  const port = await freePort();
  const server = createServer((_req, res) => res.end("here"));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe("here");
  await new Promise((resolve) => server.close(resolve));
});

test("a server of https listens as well, and says so", async () => {
  const { url, close } = await listen(createHttpsServer({}));
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  await close();
});

test("what is closed answers no more", async () => {
  const { url, close } = await listen((_req, res) => res.end("here"));
  expect(await (await fetch(url)).text()).toBe("here");
  await close();
  await expect(fetch(url)).rejects.toThrow();
});
