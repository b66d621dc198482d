/**
 * Starts `count` calls at the same moment and waits for all of them. Returns their results in the order of their index
 * (0 to `count` - 1), like `Promise.allSettled`; it never rejects.
 *
 * @example
 * const results = await race(6, () => client.post("/signup", { json: { email: "ada@example.com" } }));
 */
export function race<Value>(
  count: number,
  call: (index: number) => Promise<Value> | Value,
): Promise<PromiseSettledResult<Value>[]> {
  const start = Promise.resolve();
  // Each call waits for the same promise, so that one that throws synchronously does not prevent the others.
  const calls = Array.from({ length: count }, (_, index) => start.then(() => call(index)));
  return Promise.allSettled(calls);
}

/** The status of each answer of a race, in the order of their index; 0 for a call without an answer. */
export function statusesOf(results: readonly PromiseSettledResult<{ status: number }>[]): number[] {
  return results.map((result) => (result.status === "fulfilled" ? result.value.status : 0));
}

/**
 * Counts how often each status was answered in a race; 0 stands for a call without an answer.
 *
 * @example
 * expect(tally(await race(20, () => client.post("/redeem", { json: { code } })))).toEqual({ 200: 1, 409: 19 });
 */
export function tally(results: readonly PromiseSettledResult<{ status: number }>[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statusesOf(results)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}
