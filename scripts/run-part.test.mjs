import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runPart } from "./run-part.mjs";

const folder = mkdtempSync(join(tmpdir(), "yumroad-parts-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const silent = { write: () => true };
const run = (program, options) =>
  runPart({
    command: [process.execPath, "--input-type=module", "-e", program],
    env: process.env,
    patienceMs: 60_000,
    stderr: silent,
    ...options,
  });

/** A program that runs until it gets a signal, cleans up on SIGTERM, and has started another program like itself. */
const lasting = (name, inner = "") => `
  import { spawn } from "node:child_process";
  import { writeFileSync } from "node:fs";
  ${inner && `spawn(process.execPath, ["--input-type=module", "-e", ${JSON.stringify(inner)}], { stdio: "inherit" });`}
  const stays = setInterval(() => {}, 1000);
  process.on("SIGTERM", () => { writeFileSync(${JSON.stringify(join(folder, name))}, "cleaned up"); clearInterval(stays); });
  writeFileSync(${JSON.stringify(join(folder, `${name}-is-up`))}, "");
`;

async function until(file) {
  for (let tries = 0; !existsSync(join(folder, file)); tries += 1) {
    assert.ok(tries < 1000, `${file} did not come`);
    await sleep(10);
  }
}

test("says what a program printed and complained of, and how it ended", async () => {
  const { printed, complained, status, isCutOff, isInterrupted } = await run(
    'console.log("a table"); console.error("no good"); process.exitCode = 7;',
  );
  assert.deepEqual([printed, complained, status], ["a table\n", "no good\n", 7]);
  assert.deepEqual([isCutOff, isInterrupted], [false, false]);
});

test("what takes too long can clean up, with all that it started", async () => {
  const { isCutOff, status } = await run(lasting("outer", lasting("inner")), { patienceMs: 3000 });
  assert.deepEqual([isCutOff, status], [true, 0]);
  for (const name of ["outer", "inner"]) assert.equal(readFileSync(join(folder, name), "utf8"), "cleaned up");
});

test("what does not end when asked is ended by force", async () => {
  const stubborn = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("half of it");';
  const { isCutOff, signal, printed } = await run(stubborn, { patienceMs: 1000, graceMs: 100 });
  assert.deepEqual([isCutOff, signal, printed], [true, "SIGKILL", "half of it\n"]);
});

test("whoever ends the run ends the part, which can clean up", async () => {
  const file = join(folder, "prove.mjs");
  writeFileSync(
    file,
    `import { runPart } from ${JSON.stringify(new URL("./run-part.mjs", import.meta.url).href)};
    const command = [process.execPath, "--input-type=module", "-e", ${JSON.stringify(lasting("interrupted"))}];
    const { isInterrupted } = await runPart({ command, env: process.env, patienceMs: 60_000 });
    process.exitCode = isInterrupted ? 3 : 0;`,
  );
  const outer = spawn(process.execPath, [file], { stdio: "inherit" });
  const ended = new Promise((resolve) => outer.once("exit", resolve));
  await until("interrupted-is-up");
  outer.kill("SIGTERM");
  assert.equal(await ended, 3);
  assert.ok(existsSync(join(folder, "interrupted")));
});
