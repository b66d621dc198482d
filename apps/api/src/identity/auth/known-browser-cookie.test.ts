import type { Request, Response } from "express";
import { expect, it } from "vitest";
import { limits } from "../../config/limits.ts";
import { cookieSettings, writeSigned } from "../../platform/http/cookies.ts";
import { createKnownBrowserCookie, type Grant } from "./known-browser-cookie.ts";

const SECRETS = ["the newest secret", "the former secret"];
const cookies = cookieSettings(new URL("https://shop.example"));
const knownBrowserCookie = createKnownBrowserCookie({ cookies, secrets: SECRETS, limits });

const signed = (content: string) => `${cookies.deviceName}=${encodeURIComponent(writeSigned(content, SECRETS))}`;
const asked = (cookie?: string) => ({ headers: { cookie } }) as Request;
const read = (cookie?: string) => knownBrowserCookie.read(asked(cookie));

/** The Cookie header that a browser sends afterwards, and the attributes it was set with. */
function written(write: (req: Request, res: Response) => void, cookie?: string) {
  const set: [name: string, value: string, options: object][] = [];
  const res = { cookie: (...given: (typeof set)[number]) => set.push(given) } as unknown as Response;
  write(asked(cookie), res);
  const [name = "", value = "", options] = set[0] ?? [];
  return { cookie: `${name}=${encodeURIComponent(value)}`, options };
}
const remember = (accountId: string, cookie?: string, number = 1) =>
  written((req, res) => knownBrowserCookie.remember(req, res, { accountId, number }), cookie);
const allow = (grant: Grant, cookie?: string) =>
  written((req, res) => knownBrowserCookie.allow(req, res, grant), cookie);

const GRANT: Grant = {
  accountId: "ada",
  id: "a-link",
  endsAt: 1_900_000_000_000,
  revoked: 3,
  triesFor: "passwords-and-codes",
};

it("a browser that nobody has logged in from is none", () => {
  for (const cookie of [undefined, "", "other=1"]) expect(read(cookie)).toBeNull();
});

it("is known to the accounts that have logged in, each by a number, the latest first", () => {
  const first = remember("ada", undefined, 7);
  expect(read(first.cookie)).toEqual({ knownTo: [{ accountId: "ada", number: 7 }], grants: [] });
  const second = remember("bob", first.cookie, 2);
  const again = remember("ada", second.cookie, 12);
  expect(read(again.cookie)?.knownTo).toEqual([
    { accountId: "ada", number: 12 },
    { accountId: "bob", number: 2 },
  ]);
});

it("has tries of its own by one link for an account, beside being known to it", () => {
  const first = allow(GRANT, remember("ada").cookie);
  expect(read(first.cookie)).toEqual({ knownTo: [{ accountId: "ada", number: 1 }], grants: [GRANT] });
  const newer: Grant = { ...GRANT, id: "another-link", triesFor: "passwords" };
  const second = allow(newer, remember("bob", first.cookie).cookie);
  expect(read(second.cookie)?.grants).toEqual([newer]);
  expect(read(second.cookie)?.knownTo.map(({ accountId }) => accountId)).toEqual(["bob", "ada"]);
});

it("is kept for half a year, out of scripts' reach", () => {
  const manners = { ...cookies.attributes, maxAge: 180 * 86_400_000 };
  for (const { options } of [remember("ada"), allow(GRANT)]) expect(options).toEqual(manners);
});

it("knows the ten accounts that logged in last", () => {
  let cookie: string | undefined;
  for (let number = 1; number <= 12; number += 1) cookie = remember(`account-${number}`, cookie).cookie;
  const expected = [12, 11, 10, 9, 8, 7, 6, 5, 4, 3].map((number) => `account-${number}`);
  expect(read(cookie)?.knownTo.map(({ accountId }) => accountId)).toEqual(expected);
});

it.each([
  ["of which there are two", `${signed("device~ada.1")}; ${signed("device~ada.2")}`],
  ["that is unsigned", `${cookies.deviceName}=device~ada.1`],
  ["with a session's id", signed("a-session-id")],
  ["that is of another kind", signed("session~ada.1")],
])("R56: a cookie %s is a stranger's", (_, cookie) => {
  expect(read(cookie)).toBeNull();
});

it.each([
  ["an account without a number, as before they had one", "device~one~ada"],
  ["nothing", "device"],
  ["what is no entry", "device~~ada.~.1~ada.x~ada.1.2~ada.a-link.soon.3.passwords~ada.a-link.1.3~ada.a-link.1.3.codes"],
])("R56: by a cookie with %s nobody is known", (_, content) => {
  expect(read(signed(content))).toEqual({ knownTo: [], grants: [] });
});
