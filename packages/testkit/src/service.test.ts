import { expect, test } from "vitest";
import { listen } from "./listen.ts";
import { findService, serviceAddressOf } from "./service.ts";

test("a service that answers is there, unless it is hidden", async () => {
  const { port, close } = await listen(() => {});
  const url = `redis://127.0.0.1:${port}/3`;
  expect(await findService("Redis", url, { env: {} })).toBe(url);
  expect(await findService("Redis", url, { env: { HIDE_SERVICES: "1" } })).toBeNull();
  await close();
  expect(await findService("Redis", url, { env: {} })).toBeNull();
  await expect(findService("Redis", url, { env: { REQUIRE_SERVICES: "1" } })).rejects.toThrow(
    "REQUIRE_SERVICES is set, and no Redis answers",
  );
});

test.each([
  ["redis://cache.example", { host: "cache.example", port: 6379 }],
  ["postgres://me@[::1]/shop", { host: "::1", port: 5432 }],
  ["smtp://mail.example:2525", { host: "mail.example", port: 2525 }],
  ["https://shop.example", { host: "shop.example", port: 443 }],
])("%s is at its own port, or at the usual one", (url, place) => {
  expect(serviceAddressOf(url)).toEqual(place);
});

test("a port that nobody knows has to be said", () => {
  expect(() => serviceAddressOf("odd://thing.example")).toThrow("Say the port");
});
