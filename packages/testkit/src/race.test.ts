import { expect, test } from "vitest";
import { createLatch } from "./latch.ts";
import { race } from "./race.ts";

test("a latch holds everybody back until it opens", async () => {
  const latch = createLatch();
  const arrived: number[] = [];
  const racing = race(3, async (index) => {
    await latch.wait();
    arrived.push(index);
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(arrived).toEqual([]);
  expect(latch.isOpen).toBe(false);

  latch.open();
  await racing;
  expect(arrived).toEqual([0, 1, 2]);
  expect(latch.isOpen).toBe(true);
  await latch.wait();
});

test("all calls have begun before one of them ends, and each result is told", async () => {
  let running = 0;
  const results = await race(20, async (index) => {
    running += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (index === 7) throw new Error("unlucky");
    return running;
  });
  expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
  expect(results[7]?.status).toBe("rejected");
  expect(results[0]).toEqual({ status: "fulfilled", value: 20 });
});

test("a call that throws at once does not keep the others from beginning", async () => {
  const results = await race(3, (index) => {
    if (index === 0) throw new Error("at once");
    return index;
  });
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});
