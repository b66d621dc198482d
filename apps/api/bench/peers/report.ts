import { median } from "@yumroad/testkit";
import type { Figure } from "../figures.ts";
import { rowOf } from "../report.ts";
import type { AccountWork, Plan, SessionChecks } from "./measure.ts";
import { BETTER_AUTH_ON_REDIS, EXPRESS_SESSION, OURS_ON_REDIS, type Peer } from "./peers.ts";

export interface PeersRun {
  peers: Pick<Peer, "name" | "sessions" | "heldAgainst">[];
  withMiddleware: SessionChecks[];
  bare: SessionChecks[];
  /** Results of the peers whose accounts are measured, by name. */
  accountsWithMiddleware: Map<string, AccountWork[]>;
  accountsBare: Map<string, AccountWork[]>;
  /** Packages with their versions. */
  versions: string[];
  hashCost: number;
  plan: Plan;
  isPinned: boolean;
  isQuick: boolean;
}

/** The goals of the design. */
export function goalsOf({ withMiddleware }: Pick<PeersRun, "withMiddleware">): Figure[] {
  return [
    goal(withMiddleware, BETTER_AUTH_ON_REDIS, { target: "≥ 2", isReached: (ratio) => ratio >= 2 }),
    goal(withMiddleware, EXPRESS_SESSION, {
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

Requests for the logged-in user of a live session. "Yumroad does" is the number of checks that Yumroad does for each one of that row, with its sessions in the same storage: the median of the rounds' ratios.

| Server | Sessions in | With middleware | Yumroad does | Without | Yumroad does | A copied cookie after logout |
| --- | --- | --- | --- | --- | --- | --- |
${sessionRows(run).join("\n")}

### Sign-up, login, logout

bcrypt at cost ${run.hashCost} for all: the hash is nearly all of a sign-up and of a login, so the middleware hardly shows. Logouts are timed one after the other.

| Server | Middleware | Sign-ups | Yumroad does | Logins | Yumroad does | Logout | Of Yumroad's |
| --- | --- | --- | --- | --- | --- | --- | --- |
${[...accountRows(run, "yes", run.accountsWithMiddleware), ...accountRows(run, "no", run.accountsBare)].join("\n")}

### How the peers were measured

- ${run.versions.join(", ")}. Each runs in its own process on the same Node${run.isPinned ? ", each on one core that the load keeps off; Redis is where the system puts it" : ""}; data in SQLite (WAL, every commit synced) for all, on better-sqlite3.
- The median of rounds in which all are measured in alternating order, after some to warm up: ${run.plan.sessions.rounds} rounds of ${run.plan.sessions.seconds} s for session checks, over 32 connections that ask again as soon as they are answered; ${run.plan.accounts.rounds} of ${run.plan.accounts.seconds} s for sign-ups and for logins, over 3.
- Each server is verified before it is measured: nobody is logged in with a new browser, a wrong password, a changed cookie or after a logout; somebody is after a sign-up and a login. All cookies that the login set are sent, as a browser would.
- With middleware: the same code gives each answer the same security headers, request id and log line, and \`Cache-Control: no-store\` without \`ETag\`. Without: no answer has those headers, the id or the line; Yumroad's \`Cache-Control: no-store\` and its other work stay, and the peers answer in their default form.
- better-auth is mounted as its documentation says for Express, with its own Redis storage and joins on. Its rate limiter is off, and it stores neither devices nor activity; Yumroad's limits, known-browser cookie and activity log are on. Its cookie cache answers from a signed cookie without asking Redis, so a copied cookie keeps working for up to five minutes after its session has ended: its documentation says so, and the last column shows it.
- express-session and connect-redis (on node-redis) are set up as their documentation says, in an app that has accounts and nothing else. By default, connect-redis renews the session's expiry at each request (\`touch\`), and express-session ends the answer only when Redis has done that: a check is two round trips, where Yumroad, whose store has no \`touch\`, makes one. With \`disableTouch\` it is also one, and a session ends a day after the login however much it is used; Yumroad's is renewed by a separate write, at most once a minute. The target is for connect-redis with its defaults.
- The bare servers are baselines, not peers: they ignore cookies.
`;
}

function sessionRows({ peers, withMiddleware, bare }: PeersRun): string[] {
  return withMiddleware.map(({ name, isOldCookieGood }) => {
    // A row that is not a peer's is a baseline, and those are on Redis.
    const { sessions, heldAgainst } = peers.find((peer) => peer.name === name) ?? {
      sessions: "Redis",
      heldAgainst: OURS_ON_REDIS,
    };
    const cells = [withMiddleware, bare].flatMap((checks) => [
      `${whole(median(roundsOf(checks, name)))}/s`,
      name === heldAgainst ? "1" : ratioOf(roundsOf(checks, heldAgainst), roundsOf(checks, name)).toFixed(2),
    ]);
    const old = isOldCookieGood === null ? "–" : isOldCookieGood ? "still good" : "dead";
    return `| ${[name, sessions, ...cells, old].join(" | ")} |`;
  });
}

function accountRows(
  { peers }: PeersRun,
  withMiddleware: string,
  accounts: PeersRun["accountsWithMiddleware"],
): string[] {
  return peers.flatMap(({ name, heldAgainst }) => {
    const [theirs, mine] = [accounts.get(name), accounts.get(heldAgainst)];
    if (!theirs || !mine) return [];
    const of = (rounds: AccountWork[], what: keyof AccountWork) => rounds.map((round) => round[what]);
    const isOwn = name === heldAgainst;
    const ratio = (what: keyof AccountWork) => (isOwn ? "1" : ratioOf(of(mine, what), of(theirs, what)).toFixed(2));
    const cells = [
      `${median(of(theirs, "signupsPerSecond")).toFixed(1)}/s`,
      ratio("signupsPerSecond"),
      `${median(of(theirs, "loginsPerSecond")).toFixed(1)}/s`,
      ratio("loginsPerSecond"),
      `${median(of(theirs, "logoutMs")).toFixed(2)} ms`,
      isOwn ? "1" : ratioOf(of(theirs, "logoutMs"), of(mine, "logoutMs")).toFixed(2),
    ];
    return [`| ${[name, withMiddleware, ...cells].join(" | ")} |`];
  });
}

function roundsOf(checks: SessionChecks[], name: string): number[] {
  return checks.find((check) => check.name === name)?.perSecond ?? [];
}

/** The median of the rounds' ratios, because a disturbance in a round affects both servers. */
function ratioOf(mine: number[], theirs: number[]): number {
  return median(ratiosOf(mine, theirs));
}

function ratiosOf(mine: number[], theirs: number[]): number[] {
  return mine.map((number, round) => number / (theirs[round] ?? Number.NaN));
}

/** The range of the rounds' ratios, to judge the median by. */
function spreadOf(ratios: number[]): string {
  return `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
}

function whole(number: number): string {
  return Math.round(number).toLocaleString("en");
}
