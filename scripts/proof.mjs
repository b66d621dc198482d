// docs/proof.md: a section a part, between marks, so that a part that was measured by itself replaces its own alone.

const HEAD = `# Proof

What holds, measured. Written by \`pnpm prove\`, which measures all parts in at most three hours: do not edit. \`pnpm prove <part>\` replaces its section, for a look; what is kept is of one commit. Figures are of one machine and one run; ratios say more than numbers.
`;

/**
 * The page with one section replaced, or put where it belongs by the order of `names`; what is not in `names` goes.
 * @param {string} page the page as it is, "" when there is none
 * @param {string[]} names every part, in the order of the page
 * @param {{ name: string, title: string, told: string, markdown: string }} section `told` says when and where
 */
export function withSection(page, names, { name, title, told, markdown }) {
  const sections = new Map(sectionsOf(page));
  sections.set(name, `## ${title}\n\n${told}\n\n${markdown.trim()}`);
  const kept = names.filter((known) => sections.has(known));
  return [HEAD, ...kept.map((known) => `<!-- ${known} -->\n${sections.get(known)}\n<!-- /${known} -->\n`)].join("\n");
}

/** Each section's name and text, as they stand on a page. */
export function sectionsOf(page) {
  return [...page.matchAll(/^<!-- ([\w-]+) -->\n([\s\S]*?)\n<!-- \/\1 -->$/gm)].map(([, name, text]) => [name, text]);
}

const hasMeasured = ({ printed }, { says = /\S/ }) => says.test(printed);

/** Whether a part's promises held: it came to its end, said so, and has something to show. */
export function isHeld(run, part) {
  return run.status === 0 && !run.isCutOff && hasMeasured(run, part);
}

/**
 * The text of a part's section. It is never empty: what did not come to its end says so, and why.
 * @param run what `runPart` gives
 * @param {{ minutes: number, says?: RegExp, markdown?: (run: object, isHeld: boolean) => string }} part `says` is found
 *   in what it prints when it has measured anything
 */
export function bodyOf(run, part) {
  const shown = hasMeasured(run, part) ? (part.markdown?.(run, isHeld(run, part)) ?? run.printed) : "";
  return [endInWords(run, part), shown.trim()].filter((text) => text !== "").join("\n\n");
}

/** Null status and 2 or more are ends that no part has by itself; 1 is its word that not all of it held. */
function endInWords(run, part) {
  const left = hasMeasured(run, part) ? "Below is what it had measured until then." : "It had measured nothing yet.";
  if (run.isCutOff) return `**It was cut off after ${part.minutes} minutes**, before it was done. ${left}`;
  if (run.status !== 0 && run.status !== 1)
    return `**It broke off** (${run.signal ?? `status ${run.status}`}), before it was done. ${left}${lastWords(run)}`;
  if (!hasMeasured(run, part)) return `**It ended without having measured anything.**${lastWords(run)}`;
  return "";
}

function lastWords({ complained }) {
  const lines = complained.split("\n").filter((line) => line.trim() !== "");
  const last = lines.findLast((line) => ERROR.test(line)) ?? lines.at(-1);
  return last ? ` Its last words: ${quote(last)}` : "";
}

/** pnpm has an error of its own for whatever its command said before. */
const ERROR = /^\s*(?!.*ERR_PNPM_)(?:\w*Error\b.*: \S|Error\b)/;
const quote = (line) => `\`\` ${line.trim().slice(0, 300)} \`\``;

/** What the test of sudden death printed, a line for each pair of stores, below what it means. */
export function deathsInWords({ printed, complained }, isHeld) {
  const lines = printed.match(/^sudden death, .*$/gm) ?? [];
  const promise =
    "no acknowledged write is missing, each session is its own person's, no session that was logged out lives, and nobody was logged out";
  const errors = [...new Set(complained.split("\n").filter((line) => ERROR.test(line)))];
  return [
    "The process of production is killed (`SIGKILL`) at random moments while people list and rename products, log in and out in browsers known and new, and look who they are; and started again. Every fourth life lasts until each of them has logged out somewhere, since most are too short for a hash.",
    isHeld ? `After it all: ${promise}.` : `**This did not hold:** that after it all ${promise}.`,
    "",
    ...(isHeld ? [] : errors.map((line) => `- ${quote(line)}`)),
    ...lines.map((line) => `- ${line.replace("sudden death, ", "")}`),
  ].join("\n");
}
