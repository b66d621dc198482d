// pnpm bench:peers: measures Yumroad beside the libraries that others build on, in one run. Prints the section of
// docs/proof.md, and exits with 0 when the goals are reached.
// `--quick` measures for about two minutes, to see that it works. Everything runs on the loopback interface, needs a Redis,
// and is removed at the end, except for the packages of the peers in bench/peers/stock/node_modules.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HASH_COST } from "../../src/dependencies.ts";
import { deleteKeys } from "../../test/redis-keys.ts";
import { redisUrl } from "../../test/services.ts";
import { isPinned, leaveServersCore, onceAtTheEnd } from "../child.ts";
import { type AccountWork, measureAccountWork, measureSessionChecks, type Plan } from "./measure.ts";
import { createPeers } from "./peers.ts";
import { goalsOf, sectionOf } from "./report.ts";

const LONG: Plan = {
  // Many short rounds, so that a disturbance of some seconds affects only few of them.
  sessions: { warmUps: 4, rounds: 11, seconds: 1 },
  accounts: { warmUps: 1, rounds: 5, seconds: 3 },
};
const QUICK: Plan = {
  sessions: { warmUps: 1, rounds: 2, seconds: 0.5 },
  accounts: { warmUps: 1, rounds: 2, seconds: 1 },
};
const isQuick = process.argv.includes("--quick");
const plan = isQuick ? QUICK : LONG;
const PATIENCE_MINUTES = isQuick ? 5 : 14;

const stockFolder = join(import.meta.dirname, "stock");
const folder = mkdtempSync(join(tmpdir(), "yumroad-peers-"));
const prefix = `yumroad-peers-${process.pid}:`;
const startedAt = performance.now();

/** Progress goes to standard error, because standard output is the report's section. */
function say(text: string): void {
  console.error(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(4)} s  ${text}`);
}

/** Outside the workspace, so that installing the product does not fetch its competitors. */
function installOthers(): void {
  const command = ["install", "--ignore-workspace", "--frozen-lockfile", "--prefer-offline"];
  const { status } = spawnSync("pnpm", command, { cwd: stockFolder, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error("The others' packages could not be installed: is this machine online?");
}

function versionsOf(): string[] {
  const own = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
  const others = JSON.parse(readFileSync(join(stockFolder, "package.json"), "utf8"));
  const named = ["better-auth", "express-session", "connect-redis", "redis"];
  const express = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../node_modules/express/package.json"), "utf8"),
  );
  return [
    ...named.map((name) => `${name} ${others.dependencies[name]}`),
    `Express ${express.version}`,
    `better-sqlite3 ${own.dependencies["better-sqlite3"]}`,
  ];
}

/** True if all goals are reached. */
async function main(url: string): Promise<boolean> {
  const peers = createPeers({ folder, redisUrl: url, prefix });
  installOthers();
  say("the others are installed");
  leaveServersCore();
  const withMiddleware = await measureSessionChecks(peers, {
    hasMiddleware: true,
    plan: plan.sessions,
    redis: { url, prefix },
  });
  say("session checks are measured, with middleware");
  const bare = await measureSessionChecks(peers, {
    hasMiddleware: false,
    plan: plan.sessions,
    redis: { url, prefix },
  });
  say("and without");
  const withAccounts = peers.filter(({ isVariant }) => !isVariant);
  const byName = (work: AccountWork[][]) => new Map(withAccounts.map(({ name }, place) => [name, work[place] ?? []]));
  const accountsWithMiddleware = byName(
    await measureAccountWork(withAccounts, { hasMiddleware: true, plan: plan.accounts }),
  );
  say("sign-ups, logins and logouts are measured, with middleware");
  const accountsBare = byName(await measureAccountWork(withAccounts, { hasMiddleware: false, plan: plan.accounts }));
  say("and without");
  const run = {
    peers,
    withMiddleware,
    bare,
    accountsWithMiddleware,
    accountsBare,
    versions: versionsOf(),
    hashCost: HASH_COST,
    plan,
    isPinned,
    isQuick,
  };
  console.log(sectionOf(run));
  return goalsOf(run).every(({ isReached }) => isReached);
}

const cleanUp = onceAtTheEnd(async () => {
  rmSync(folder, { recursive: true, force: true });
  if (redisUrl !== null) await deleteKeys(prefix);
});

const patience = setTimeout(() => {
  say(`after ${PATIENCE_MINUTES} minutes it is still not done: given up`);
  cleanUp().finally(() => process.exit(1));
}, PATIENCE_MINUTES * 60_000);

let isReached = false;
try {
  if (redisUrl === null) throw new Error("No Redis answers: start one, or name it in REDIS_URL");
  isReached = await main(redisUrl);
} finally {
  clearTimeout(patience);
  await cleanUp();
}
process.exit(isReached ? 0 : 1);
