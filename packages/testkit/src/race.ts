/**
 * Begins `count` calls in the same moment and waits for all of them. Answers how each one ended, in the order of
 * their numbers (0 to `count` - 1), as `Promise.allSettled` says it; it never rejects.
 *
 * @example
 * const results = await race(6, () => client.post("/signup", { json: { email: "ada@example.com" } }));
 */
export function race<Value>(
  count: number,
  call: (index: number) => Promise<Value> | Value,
): Promise<PromiseSettledResult<Value>[]> {
  const start = Promise.resolve();
  // Each call waits for one and the same promise, so that one which throws at once does not keep the others from it.
  const calls = Array.from({ length: count }, (_, index) => start.then(() => call(index)));
  return Promise.allSettled(calls);
}
