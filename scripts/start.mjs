// npm start: from a clean clone to a shop at http://localhost:3000, with nothing but Node and npm installed.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { prepareTools, root, run } from "./tools.mjs";

// pino's level of a warning.
const WARN = 40;
const say = (text) => console.log(`\x1b[2myumroad\x1b[0m ${text}`);

try {
  const env = prepareTools(say);
  await step("installing packages", "pnpm", ["install", "--frozen-lockfile", "--prefer-offline", "--silent"]);
  await step("building the pages", "pnpm", [
    "exec",
    "turbo",
    "run",
    "build",
    "--output-logs=errors-only",
    "--log-order=grouped",
  ]);
  say("starting");
  await serve(env);

  async function step(what, command, args) {
    say(what);
    const startedAt = performance.now();
    const status = await run(command, args, { env, stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) {
      await run(command, args, { env });
      throw new Error(`${what} failed: what went wrong is above. Mend it and run "npm start" again.`);
    }
    say(`${what}: done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

/**
 * Runs the server until it ends or is told to. The server handles signals itself, so that requests in flight are
 * finished.
 */
function serve(env) {
  const server = spawn("node", ["apps/api/src/main.ts"], { cwd: root, env, stdio: ["inherit", "pipe", "inherit"] });
  createInterface({ input: server.stdout }).on("line", tell);
  let isStopping = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the server too; the server ignores a second signal.
      if (!isStopping) server.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
      isStopping = true;
    });
  }
  return new Promise((resolve) => {
    server.on("error", (error) => {
      console.error(`The server could not be started: ${error.message}`);
      process.exitCode = 1;
      resolve();
    });
    server.on("close", (status) => {
      process.exitCode = isStopping ? 0 : (status ?? 1);
      resolve();
    });
  });
}

/** Prints the warnings of the server's JSON log as sentences, and the shop's address. */
function tell(line) {
  const entry = parse(line);
  if (!entry) return console.log(line);
  if (entry.msg === "ready") {
    say(`is at \x1b[1m${entry.publicUrl}\x1b[0m  (Ctrl-C ends it)`);
    if (entry.demoLogin)
      say(`log in as ${entry.demoLogin.email} with the password "${entry.demoLogin.password}", or sign up`);
    if (entry.mailTray) say(`mails stay in the mail tray, at \x1b[1m${entry.mailTray}\x1b[0m`);
    if (entry.setupLink)
      say(`open \x1b[1m${entry.setupLink}\x1b[0m to become the operator of this shop (good once, for a day)`);
    return;
  }
  if (entry.level >= WARN) say([entry.msg, entry.error ?? entry.err?.message].filter(Boolean).join(": "));
}

function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
