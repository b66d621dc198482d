import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const ANSWERS_WITHIN_MS = 5000;

/** File in which a process with `heap-on-signal.ts` reports its heap in use. */
export function heapFile(folder: string, pid: number): string {
  return join(folder, `heap-${pid}`);
}

/** MiB of heap in use in such a process after a garbage collection. Throws when the process does not report in time. */
export async function heapInUse(folder: string, pid: number): Promise<number> {
  const file = heapFile(folder, pid);
  rmSync(file, { force: true });
  process.kill(pid, "SIGUSR2");
  const giveUpAt = performance.now() + ANSWERS_WITHIN_MS;
  while (performance.now() < giveUpAt) {
    await sleep(20);
    const bytes = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
    if (bytes > 0) return bytes / 1024 ** 2;
  }
  throw new Error(`Process ${pid} does not say what it has in use`);
}
