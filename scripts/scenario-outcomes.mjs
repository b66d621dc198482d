import { join } from "node:path";
import { capture, root } from "./tools.mjs";

/**
 * Runs scenarios on one pairing of database and session store and returns their results by name: null for green,
 * otherwise the error. `args` are those of the program that runs them; `folder` is the workspace or a copy of it.
 */
export async function scenarioOutcomes({ database, sessions }, args, { folder = root, ...options } = {}) {
  const { printed } = await capture(process.execPath, ["test/scenarios/run.ts", "--sessions", sessions, ...args], {
    cwd: join(folder, "apps/api"),
    env: { TEST_DATABASE: database },
    ...options,
  });
  const lines = printed.split("\n").filter((line) => line.startsWith('{"name"'));
  return new Map(lines.map((line) => JSON.parse(line)).map(({ name, error }) => [name, error]));
}
