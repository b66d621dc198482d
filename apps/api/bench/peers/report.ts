import { median } from "@yumroad/testkit";
import type { Figure } from "../figures.ts";
import { rowOf } from "../report.ts";
import type { AccountWork, Plan, SessionChecks } from "./measure.ts";
import { BETTER_AUTH_ON_REDIS, EXPRESS_SESSION, OURS_ON_REDIS, type Peer } from "./peers.ts";

export interface PeersRun {
  peers: Pick<Peer, "name" | "sessions" | "heldAgainst">[];
  dressed: SessionChecks[];
  undressed: SessionChecks[];
  /** Of those peers that were asked for it, by name. */
  accountsDressed: Map<string, AccountWork[]>;
  accountsUndressed: Map<string, AccountWork[]>;
  /** Packages with their versions. */
  versions: string[];
  hashCost: number;
  plan: Plan;
  isPinned: boolean;
  isQuick: boolean;
}

/** What the design asks for. */
export function goalsOf({ dressed }: Pick<PeersRun, "dressed">): Figure[] {
  return [
    goal(dressed, BETTER_AUTH_ON_REDIS, { target: "≥ 2", isReached: (ratio) => ratio >= 2 }),
    goal(dressed, EXPRESS_SESSION, {
      target: "> 1, in four of five rounds",
      isReached: (ratio, ahead) => ratio > 1 && ahead >= 0.8,
    }),
  ];
}

function goal(
  checks: SessionChecks[],
  peer: string,
  { target, isReached }: { target: string; isReached: (ratio: number, aheadInShare: number) => boolean },
): Figure {
  const [mine, theirs] = [roundsOf(checks, OURS_ON_REDIS), roundsOf(checks, peer)];
  const ratios = ratiosOf(mine, theirs);
  const ratio = median(ratios);
  const ahead = ratios.filter((each) => each > 1).length;
  return {
    what: `session checks of Yumroad, sessions in Redis, for each of ${peer}`,
    target,
    measured: `${ratio.toFixed(2)} (${spreadOf(ratios)} in the rounds, ahead in ${ahead} of ${ratios.length}; ${whole(median(mine))}/s and ${whole(median(theirs))}/s)`,
    isReached: isReached(ratio, ahead / ratios.length),
  };
}

/** The section of docs/proof.md: goals, session checks, accounts, and how they were measured. */
export function sectionOf(run: PeersRun): string {
  const goals = goalsOf(run);
  return `${run.isQuick ? "A quick run, to see that it works: its figures prove nothing.\n\n" : ""}| What | Target | Measured | Reached |
| --- | --- | --- | --- |
${goals.map(rowOf).join("\n")}

### Session checks

A live session, asked who is logged in. "Yumroad does" is how many checks Yumroad does for each one of that row, with its sessions in the same place: the median of the rounds' ratios.

| Server | Sessions in | Dressed | Yumroad does | Undressed | Yumroad does | A copied cookie after log-out |
| --- | --- | --- | --- | --- | --- | --- |
${sessionRows(run).join("\n")}

### Sign-up, log-in, log-out

bcrypt at cost ${run.hashCost} for all: nearly all of a sign-up and of a log-in is the hash, beside which the dress can hardly be seen. Log-outs are timed one after the other.

| Server | Dressed | Sign-ups | Yumroad does | Log-ins | Yumroad does | Log-out | Of Yumroad's |
| --- | --- | --- | --- | --- | --- | --- | --- |
${[...accountRows(run, "yes", run.accountsDressed), ...accountRows(run, "no", run.accountsUndressed)].join("\n")}

### How the peers were measured

- ${run.versions.join(", ")}. All run in processes of their own on the same Node${run.isPinned ? ", each on one core that the load keeps off; Redis is where the system puts it" : ""}; data in SQLite (WAL, every commit synced) for all, on better-sqlite3.
- The median of rounds in which all are asked in turn, to and fro, after some to warm up: ${run.plan.sessions.rounds} rounds of ${run.plan.sessions.seconds} s for session checks, over 32 connections that ask again as soon as they are answered; ${run.plan.accounts.rounds} of ${run.plan.accounts.seconds} s for sign-ups and for log-ins, over 3.
- Before it is measured each has shown that it does the job: a new browser, a wrong password, a changed cookie and a log-out leave nobody logged in; sign-up and log-in do. Cookies are sent as a browser would, all that the log-in set.
- Dressed: each answer has the same security headers and request id and leaves the same line in the log, by the same code, and \`Cache-Control: no-store\` without \`ETag\`. Undressed: none of them have those headers, the id or the line; Yumroad's \`Cache-Control: no-store\` and its other work stay, and the peers answer as they come.
- better-auth is mounted as its documents say for Express, with its own Redis storage and joins on. Its rate limiter is off, and it stores neither devices nor activity; Yumroad's limits, device cookie and activity log are on. Its cookie cache answers from a signed cookie without asking Redis, so that a session that has ended stays good for whoever holds a copy, for up to five minutes: its documents say so, and the last column shows it.
- express-session and connect-redis (on node-redis) are as their documents have them, in an app that has accounts and nothing else. As it comes, connect-redis moves the session's expiry at each request (\`touch\`), and express-session ends the answer only when Redis has done that: a check is two round trips, where Yumroad, whose store has no \`touch\`, makes one. With \`disableTouch\` it is one there as well, and a session ends a day after the log-in however much it is used; Yumroad's is renewed by a write of its own, at most once a minute. The target is for connect-redis as it comes.
- The bare servers are limits, no peers: they look at no cookie.
`;
}

function sessionRows({ peers, dressed, undressed }: PeersRun): string[] {
  return dressed.map(({ name, isOldCookieGood }) => {
    // What is no peer is a limit, and those are on Redis.
    const { sessions, heldAgainst } = peers.find((peer) => peer.name === name) ?? {
      sessions: "Redis",
      heldAgainst: OURS_ON_REDIS,
    };
    const cells = [dressed, undressed].flatMap((checks) => [
      `${whole(median(roundsOf(checks, name)))}/s`,
      name === heldAgainst ? "1" : ratioOf(roundsOf(checks, heldAgainst), roundsOf(checks, name)).toFixed(2),
    ]);
    const old = isOldCookieGood === null ? "–" : isOldCookieGood ? "still good" : "dead";
    return `| ${[name, sessions, ...cells, old].join(" | ")} |`;
  });
}

function accountRows({ peers }: PeersRun, dressed: string, accounts: PeersRun["accountsDressed"]): string[] {
  return peers.flatMap(({ name, heldAgainst }) => {
    const [theirs, mine] = [accounts.get(name), accounts.get(heldAgainst)];
    if (!theirs || !mine) return [];
    const of = (rounds: AccountWork[], what: keyof AccountWork) => rounds.map((round) => round[what]);
    const isOwn = name === heldAgainst;
    const ratio = (what: keyof AccountWork) => (isOwn ? "1" : ratioOf(of(mine, what), of(theirs, what)).toFixed(2));
    const cells = [
      `${median(of(theirs, "signUpsPerSecond")).toFixed(1)}/s`,
      ratio("signUpsPerSecond"),
      `${median(of(theirs, "logInsPerSecond")).toFixed(1)}/s`,
      ratio("logInsPerSecond"),
      `${median(of(theirs, "logOutMs")).toFixed(2)} ms`,
      isOwn ? "1" : ratioOf(of(theirs, "logOutMs"), of(mine, "logOutMs")).toFixed(2),
    ];
    return [`| ${[name, dressed, ...cells].join(" | ")} |`];
  });
}

function roundsOf(checks: SessionChecks[], name: string): number[] {
  return checks.find((check) => check.name === name)?.perSecond ?? [];
}

/** The median of the rounds' ratios: what disturbs a round disturbs both. */
function ratioOf(mine: number[], theirs: number[]): number {
  return median(ratiosOf(mine, theirs));
}

function ratiosOf(mine: number[], theirs: number[]): number[] {
  return mine.map((number, round) => number / (theirs[round] ?? Number.NaN));
}

/** How far the rounds lie apart: whether the median can be told from another one. */
function spreadOf(ratios: number[]): string {
  return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString("en");
}
