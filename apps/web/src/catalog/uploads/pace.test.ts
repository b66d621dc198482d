import { expect, test } from "vitest";
import { createPace } from "./pace.ts";

const MIB = 1024 * 1024;

test("parts grow with the speed up to 16 MiB, and never below 1 MiB unless a proxy wants it", () => {
  let now = 0;
  const pace = createPace(() => now);
  expect(pace.partSize()).toBe(MIB);
  expect(pace.note(MIB)).toBeNull();
  now += 1000;
  expect(pace.note(3 * MIB)).toBe(2 * MIB);
  expect(pace.partSize()).toBe(10 * MIB);
  now += 1000;
  pace.note(203 * MIB);
  expect(pace.partSize()).toBe(16 * MIB);
  expect(pace.halve()).toBe(8 * MIB);
  expect(pace.partSize()).toBe(8 * MIB);
  for (let part = 0; part < 20; part += 1) {
    now += 60_000;
    pace.note((204 + part) * MIB);
  }
  expect(pace.partSize()).toBe(MIB);
});
