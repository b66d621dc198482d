import { createLatch } from "@yumroad/testkit";
import { expect, it } from "vitest";
import { createBacklog } from "./backlog.ts";

it("does a few at a time, in their order, and takes no more than may wait", async () => {
  const backlog = createBacklog({ atOnce: 2, most: 3 });
  const latch = createLatch();
  const begun: number[] = [];
  let atWork = 0;
  let mostAtWork = 0;
  const add = (number: number) =>
    backlog.add(async () => {
      begun.push(number);
      mostAtWork = Math.max(mostAtWork, ++atWork);
      await latch.wait();
      atWork -= 1;
    });
  expect([1, 2, 3, 4, 5, 6, 7].map(add)).toEqual([true, true, true, true, true, false, false]);
  expect(begun).toEqual([1, 2]);
  latch.open();
  await backlog.finish();
  expect([begun, mostAtWork]).toEqual([[1, 2, 3, 4, 5], 2]);
  expect(add(8)).toBe(true);
  await backlog.finish();
  expect(begun.at(-1)).toBe(8);
});
