import { expect, it } from "vitest";
import { decodeRecord, encodeRecord, handleOf, type SessionRecord } from "./session-record.ts";

const record: SessionRecord = {
  user: {
    id: "5a5e0f3c-8a0e-4f3c-9a57-1f0a2b3c4d5e",
    email: "ada.lovelace@example.com",
    name: "Ada Lovelace",
    store: { handle: "ada-lovelace", name: "Ada Lovelace" },
  },
  loggedInAt: 1_795_000_000_000,
  seenAt: 1_795_000_060_000,
  provenAt: 1_795_000_030_000,
  isRemembered: true,
  isHalf: false,
  device: "Firefox on Windows",
  address: "203.0.113.x",
};

it.each([
  [true, false],
  [false, true],
  [false, false],
])("comes back as it was (remembered: %s, half: %s)", (isRemembered, isHalf) => {
  const one = { ...record, isRemembered, isHalf };
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
    user.store.handle,
    user.store.name,
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

it("R67: a handle is always the same, and another one for each id", () => {
  expect(handleOf("one")).toMatch(/^[\w-]{22}$/);
  expect(handleOf("one")).toBe(handleOf("one"));
  expect(handleOf("one")).not.toBe(handleOf("two"));
});
