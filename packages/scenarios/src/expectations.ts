import assert from "node:assert/strict";
import { type Problem, type ProblemCode, problems } from "@yumroad/contract";
import type { Answer } from "@yumroad/testkit";

/** Asserts the status of an answer and returns the answer. */
export async function answered<Json>(asked: Promise<Answer<Json>>, status: number): Promise<Answer<Json>> {
  const answer = await asked;
  assert.equal(answer.status, status, `the answer was ${answer.status}, not ${status}: ${answer.text.slice(0, 300)}`);
  return answer;
}

/** Asserts that an answer is this problem and returns the answer. */
export async function refused(asked: Promise<Answer>, code: ProblemCode): Promise<Answer<Problem>> {
  const answer = (await asked) as Answer<Problem>;
  const told = `${answer.status} ${answer.json?.code ?? answer.text.slice(0, 300)}`;
  assert.equal(
    told,
    `${problems[code].status} ${code}`,
    `the answer was ${told}, not ${problems[code].status} ${code}`,
  );
  return answer;
}

/** Counts the statuses of several answers: `{ 200: 1, 410: 19 }`. Throws if a request had no answer. */
export function statuses(settled: PromiseSettledResult<Answer>[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const outcome of settled) {
    if (outcome.status === "rejected") throw outcome.reason;
    counts[outcome.value.status] = (counts[outcome.value.status] ?? 0) + 1;
  }
  return counts;
}

/** Throws if the work took longer, by the real clock. */
export async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const startedAt = performance.now();
  const value = await work;
  const took = performance.now() - startedAt;
  assert.ok(took <= milliseconds, `it took ${Math.round(took)} ms, not ${milliseconds} ms at most`);
  return value;
}

/** Retries until the condition holds, with enough time for a busy machine. */
export async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  const giveUpAt = performance.now() + 15_000;
  while (!(await holds())) {
    assert.ok(performance.now() < giveUpAt, `it does not come to this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
