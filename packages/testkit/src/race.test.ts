import { expect, test } from "vitest";
import { race, statusesOf, tally } from "./race.ts";

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

test("counts how often each status was answered, and what ended without one", async () => {
  const results = await race(5, (index) => {
    if (index === 4) throw new Error("no answer");
    return { status: index === 0 ? 200 : 409 };
  });
  expect(tally(results)).toEqual({ 0: 1, 200: 1, 409: 3 });
  expect(statusesOf(results)).toEqual([200, 409, 409, 409, 0]);
  expect(tally([])).toEqual({});
});
