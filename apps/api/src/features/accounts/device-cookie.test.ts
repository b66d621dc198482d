import type { Request, Response } from "express";
import { expect, it } from "vitest";
import { cookieMannersFor, writeSigned } from "../../http/cookies.ts";
import { limits } from "../../limits.ts";
import { createDeviceCookie } from "./device-cookie.ts";

const SECRETS = ["the newest secret", "the former secret"];
const cookies = cookieMannersFor(new URL("https://shop.example"));
const deviceCookie = createDeviceCookie({ cookies, secrets: SECRETS, limits });

const signed = (content: string) => `${cookies.deviceName}=${encodeURIComponent(writeSigned(content, SECRETS))}`;
const asked = (cookie?: string) => ({ headers: { cookie } }) as Request;
const read = (cookie?: string) => deviceCookie.read(asked(cookie));

/** The Cookie header that a browser sends after it, and what it was set with. */
function remember(accountId: string, cookie?: string) {
  const set: [name: string, value: string, options: object][] = [];
  const res = { cookie: (...given: (typeof set)[number]) => set.push(given) } as unknown as Response;
  deviceCookie.remember(asked(cookie), res, accountId);
  const [name = "", value = "", options] = set[0] ?? [];
  return { cookie: `${name}=${encodeURIComponent(value)}`, options };
}

it("a browser that nobody has logged in from is none", () => {
  for (const cookie of [undefined, "", "other=1"]) expect(read(cookie)).toBeNull();
});

it("is known by one id from its first log-in on, with the accounts that have logged in, the latest first", () => {
  const first = remember("ada");
  const { id } = read(first.cookie) ?? {};
  expect(id).toMatch(/^[\w-]{22}$/);
  expect(read(first.cookie)).toEqual({ id, accountIds: ["ada"] });
  const second = remember("bob", first.cookie);
  expect(read(second.cookie)).toEqual({ id, accountIds: ["bob", "ada"] });
  expect(read(remember("ada", second.cookie).cookie)).toEqual({ id, accountIds: ["ada", "bob"] });
  expect(read(remember("ada").cookie)?.id).not.toBe(id);
});

it("is kept for half a year, out of scripts' reach", () => {
  expect(remember("ada").options).toEqual({ ...cookies.attributes, maxAge: 180 * 86_400_000 });
});

it("knows the ten accounts that logged in last", () => {
  let cookie: string | undefined;
  for (let number = 1; number <= 12; number += 1) cookie = remember(`account-${number}`, cookie).cookie;
  expect(read(cookie)?.accountIds).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `account-${number}`));
});

it.each([
  ["of which there are two", `${signed("device~one~ada")}; ${signed("device~two~ada")}`],
  ["that is unsigned", `${cookies.deviceName}=device~one~ada`],
  ["with a session's id", signed("a-session-id")],
  ["that is of another kind", signed("session~one~ada")],
  ["without an id", signed("device")],
  ["with an empty id", signed("device~~ada")],
])("R56: a cookie %s is a stranger's", (_, cookie) => {
  expect(read(cookie)).toBeNull();
});
