import { expect, it } from "vitest";
import { forEachAtOnce } from "./for-each-at-once.ts";

it("does so many at once and no more, and rejects once all are done if some have failed", async () => {
  const done: number[] = [];
  let [running, most] = [0, 0];
  const all = forEachAtOnce([1, 2, 3, 4, 5], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, item));
    running -= 1;
    if (item < 3) throw new Error(`item ${item}`);
    done.push(item);
  });
  await expect(all).rejects.toThrow("item 1");
  expect([most, done]).toEqual([2, [3, 4, 5]]);
});
