import type { Reporter, Suite, TestCase } from "@playwright/test/reporter";

/** Lists at the end which journeys did not run, and why: a skip must not look like a pass. */
class SkippedReporter implements Reporter {
  #suite: Suite | null = null;

  onBegin(_: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onEnd(): void {
    const counts = new Map<string, number>();
    for (const test of this.#suite?.allTests() ?? []) {
      for (const reason of reasonsOf(test)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    for (const [reason, count] of counts) process.stdout.write(`SKIPPED ${count} journeys: ${reason}\n`);
  }
}

function reasonsOf(test: TestCase): string[] {
  if (test.outcome() !== "skipped") return [];
  const [, project = ""] = test.titlePath();
  const skips = [...test.annotations, ...test.results.flatMap((result) => result.annotations)];
  const reason = skips.find(({ type }) => type === "skip")?.description ?? "no reason given";
  return [`${project}: ${reason}`];
}

export { SkippedReporter as default };
