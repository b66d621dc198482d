// docs/proof.md: a short page of figures, taken from the reports that the parts of `pnpm prove` print.

/** Whether a part's promises held: it came to its end, said so, and has measured something. */
export function isHeld({ status, isCutOff, printed }, { says = /\S/ }) {
  return status === 0 && !isCutOff && says.test(printed);
}

/** The first line of a report: when, on which commit and machine it was measured, and whether it held. */
export function stateOf({ date, commit, machine, minutes, isGood }) {
  return `Measured on ${date} at ${commit}, with ${machine}, in ${minutes.toFixed(1)} minutes.${isGood ? "" : " **Not all of it held.**"}`;
}

const STATE = /^Measured on ([\d-]+) at (\w+), with (.+), in ([\d.]+) minutes\.$/m;

/**
 * The page. Throws when a report is missing, did not hold, or is of another commit than the others.
 * @param {Map<string, string>} reports each part's report by its name, below the line that `stateOf` gives
 */
export function pageOf(reports) {
  const states = Object.keys(SECTIONS).map((name) => {
    const [, date, commit, machine, minutes] = STATE.exec(reports.get(name)?.split("\n")[0] ?? "") ?? [];
    if (!commit) throw new Error(`There is no report of ${name} that held, at a commit`);
    return { name, date, commit, machine, minutes };
  });
  const [{ commit, date, machine }] = states;
  const other = states.find((state) => state.commit !== commit);
  if (other) throw new Error(`${other.name} was measured at ${other.commit}, and other parts at ${commit}`);
  const sections = states.map(({ name, minutes }) => {
    const how = `\`pnpm prove ${name}\`, ${minutes} minutes.`;
    return SECTIONS[name](reports.get(name)).replace(/^(## .*)\n\n/, (_, heading) => `${heading}\n\n${how} `);
  });
  return `# Proof

Figures that Yumroad claims, measured in one whole run of \`pnpm prove\`, which takes at most three hours and writes this page: do not edit.

All of them are of commit \`${commit}\`, measured on ${date} with ${machine}. Later commits are not measured here: \`git log ${commit}..HEAD\` lists them. Figures are of one machine and one run; ratios say more than numbers.

To run it again: Chromium, Redis and Postgres have to be there (\`REDIS_URL\`, \`DATABASE_URL\`, or the standard ports). \`pnpm prove <part>\` measures one part. The full reports, with every scenario, fault, surviving mutation and load figure, are in \`test-results/proof/\` then; \`pnpm prove page\` writes this page from them.

${sections.join("\n\n")}
`;
}

/** Each part's section: its heading, then a text, then figures from the report. In the order of the page. */
const SECTIONS = {
  scenarios(report) {
    const runs = allOf(report, /^- \*\*\w+\*\* (.+?): (\d+ of \d+), in \d+ s$/gm);
    return `## Scenarios

${one(report, /(\d+) scenarios over HTTP/)} sentences that must hold over HTTP are written once (\`packages/scenarios\`). They run in process and against the server started as in production, on each pairing of database and session store; a scenario about Redis or Postgres runs where there is one. ${one(report, /(\d+) scenarios can be seen by a person/)} scenarios can be seen by a person and name their journey in Chromium.

| Where | Green |
| --- | --- |
${runs.map(([where, green]) => `| ${where} | ${green} |`).join("\n")}`;
  },

  sabotage(report) {
    return `## Sabotage

Faults of a line or so are put into a copy of the source, one after the other. ${one(report, /(\d+ of \d+) are seen/)} are seen by the scenario, test or journey that is named for each (\`scripts/sabotage-faults.mjs\`).`;
  },

  mutation(report) {
    const [all, noticed, score] = first(report, /^\| \*\*All\*\* \| (\d+) \| (\d+) \| \d+ \| ([\d.]+ %) \|$/m);
    return `## Mutation testing

Stryker changes the code of sessions, passwords, tokens, limits, products and the way back in small ways. Tests notice ${noticed} of ${all} changes: ${score}. Each survivor is judged, with the reason, in \`bench/mutation/judged.json\`.`;
  },

  deaths(report) {
    const lines = allOf(report, /^sudden death, (.+)$/gm);
    return `## Sudden death

The production process is killed (\`SIGKILL\`) at random moments under load, and started again. After it all no acknowledged write is missing, each session is its own person's, no session that was logged out lives, and no one was logged out.

${lines.map(([line]) => `- ${line}`).join("\n")}`;
  },

  deliveries(report) {
    const lines = allOf(report, /^deliveries, (.+)$/gm);
    return `## Deliveries

Three processes hear of the same paid orders at once, by webhook, return page and sweep, and are killed (\`SIGKILL\`) at random moments of it; then the sweep goes on with what was left. After it all each order has one number, one entitlement, one receipt, one notice to its seller and one sale in the sums.

${lines.map(([line]) => `- ${line}`).join("\n")}`;
  },

  faults(report) {
    const rows = allOf(report, /^\| (.*\d+ good.*) \|$/gm).map(([row]) => row.split(" | "));
    const most = (column) => Math.max(...rows.map((cells) => Number.parseFloat(cells[column])));
    return `## Failing parts

Two processes run behind a proxy while people use the shop, and ${rows.length} faults hit them one after the other: Redis and Postgres killed, stalled, full, emptied, slow or cut off, and processes killed and restarted. No acknowledged write is lost, no session becomes another user's, and no one is logged out except where Redis comes back empty.

| ${rows.length} faults | At most |
| --- | --- |
| slowest answer | ${most(2)} ms |
| all answers good again after the fault's end | ${most(3)} ms |

${one(report, /^(Soak: .+)$/m)}`;
  },

  load(report) {
    const rows = allOf(report, /^\| (.+) \| yes \|$/gm).filter(([row]) => STANDS_OUT.test(row));
    return `## Load

${one(report, /^(\d+ of \d+ figures are reached)/m)}; these stand out, and [performance.md](performance.md) has all of them and how each is measured.

| What | Target | Measured |
| --- | --- | --- |
${rows.map(([row]) => `| ${row} |`).join("\n")}`;
  },

  peers(report) {
    const checks = one(report, /^### Session checks$(.*?)^### /ms);
    const rows = allOf(checks, /^\| (.+) \|$/gm).map(([row]) => row.split(" | "));
    const shown = rows.slice(2).map((cells) => [0, 1, 2, 3, 6].map((place) => cells[place]));
    return `## Peers, side by side

All answer "who is logged in?" on the same Node and Redis, with the same security headers, request id and line of log. "Yumroad does" is how many checks Yumroad does for each one of that row, with its sessions in the same place: the median of the rounds' ratios. The bare servers look at no cookie: they are limits, not peers.

| Server | Sessions in | Checks | Yumroad does | A copied cookie after log-out |
| --- | --- | --- | --- | --- |
${shown.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}

With \`disableTouch\`, use no longer keeps a session of connect-redis alive. Each server has first shown that it does the job; the report says how each is set up.`;
  },
};

/** Of the load figures the page shows these. */
const STANDS_OUT =
  /^(?:`GET|a session's value in Redis, e-mail|search for a common word at|log-ins|memory|a forgotten|requests|.*JavaScript)/;

function lacks(what) {
  throw new Error(`A report lacks ${what}`);
}

/** What stands at the pattern's groups where it first fits. */
const first = (report, pattern) => pattern.exec(report)?.slice(1) ?? lacks(pattern);
const one = (report, pattern) => first(report, pattern)[0];

/** The same wherever it fits. */
function allOf(report, pattern) {
  const found = [...report.matchAll(pattern)].map((match) => match.slice(1));
  return found.length > 0 ? found : lacks(pattern);
}
