import { expect, it } from "vitest";
import {
  absoluteEndOf,
  decodeRecord,
  encodeRecord,
  endOf,
  publicIdOf,
  type SessionRecord,
  toSessionData,
} from "./session-record.ts";

const record: SessionRecord = {
  user: {
    id: "5a5e0f3c-8a0e-4f3c-9a57-1f0a2b3c4d5e",
    email: "ada.lovelace@example.com",
    name: "Ada Lovelace",
    store: { handle: "ada-lovelace", name: "Ada Lovelace" },
    isOperator: false,
  },
  loggedInAt: 1_795_000_000_000,
  seenAt: 1_795_000_060_000,
  provenAt: 1_795_000_030_000,
  isRemembered: true,
  isPending: false,
  device: "Firefox on Windows",
  address: "203.0.113.x",
};

it.each([
  [true, false],
  [false, true],
  [false, false],
])("comes back as it was (remembered: %s, half: %s)", (isRemembered, isPending) => {
  const one = { ...record, isRemembered, isPending };
  expect(decodeRecord(encodeRecord(one))).toEqual(one);
});

it("keeps that a user operates the shop", () => {
  const one = { ...record, user: { ...record.user, isOperator: true } };
  expect(decodeRecord(encodeRecord(one))).toEqual(one);
});

it("keeps a user without a store", () => {
  const one = { ...record, user: { ...record.user, store: null } };
  expect(decodeRecord(encodeRecord(one))).toEqual(one);
});

it("of an e-mail of 24 and a name of 12 characters takes at most 450 bytes", () => {
  expect(record.user.email).toHaveLength(24);
  expect(
    Buffer.byteLength(encodeRecord({ ...record, device: "x".repeat(40), address: "2001:db8:ffff:…" })),
  ).toBeLessThan(450);
});

it("of before devices were noted is read as well: an update logs nobody out", () => {
  const { user, loggedInAt, seenAt } = record;
  const text = JSON.stringify([
    1,
    user.id,
    user.email,
    user.name,
    user.store?.handle,
    user.store?.name,
    loggedInAt,
    seenAt,
    1,
  ]);
  expect(decodeRecord(text)).toEqual({
    ...record,
    provenAt: loggedInAt,
    device: "Unknown device",
    address: "unknown",
  });
});

it.each([
  "",
  "no JSON",
  "{}",
  "null",
  "[]",
  encodeRecord(record).replace("[2,", "[3,"),
  encodeRecord(record).replace("[2,", '["2",'),
  encodeRecord(record).replace(`"${record.user.id}"`, "7"),
  encodeRecord(record).replace(String(record.loggedInAt), '"then"'),
  encodeRecord(record).replace(String(record.seenAt), "null"),
  encodeRecord(record).replace(String(record.provenAt), "true"),
])("is none when the store holds %j", (text) => {
  expect(decodeRecord(text)).toBeNull();
});

const limits = {
  sessionIdle: 10,
  sessionAbsolute: 100,
  rememberedSessionIdle: 1000,
  rememberedSessionAbsolute: 10_000,
  pendingSession: 5,
};
const begun = { ...record, isRemembered: false, loggedInAt: 0, seenAt: 0 };

it.each([
  ["one that is not used", {}, 10, 100],
  ["one that is used", { seenAt: 60 }, 70, 100],
  ["one that is used to its end", { seenAt: 95 }, 100, 100],
  ["a remembered one", { isRemembered: true }, 1000, 10_000],
  ["a remembered one that is used to its end", { isRemembered: true, seenAt: 9500 }, 10_000, 10_000],
  ["half a one", { isPending: true }, 5, 5],
  ["half a one that will be remembered", { isPending: true, isRemembered: true, seenAt: 4 }, 5, 5],
])("R66: %s ends when it is left alone for too long, and in any case", (_, change, end, absoluteEnd) => {
  const one = { ...begun, ...change };
  expect(endOf(one, limits)).toBe(end);
  expect(absoluteEndOf(one, limits)).toBe(absoluteEnd);
});

it("is handed to express-session as it is, with a cookie that says nothing of when it ends", () => {
  expect(toSessionData(record)).toEqual({ cookie: { originalMaxAge: null }, record });
});

it("R67: a handle is always the same, and another one for each id", () => {
  expect(publicIdOf("one")).toMatch(/^[\w-]{22}$/);
  expect(publicIdOf("one")).toBe(publicIdOf("one"));
  expect(publicIdOf("one")).not.toBe(publicIdOf("two"));
});
