// The result of a Stryker run in words. A survivor is a change that no test noticed.

/** The lowest accepted share of noticed changes, in per cent. */
export const LOWEST_SCORE = 85;

const flat = (text) => text.replace(/\s+/g, " ").trim();

/**
 * The mutants of one file in Stryker's report (mutation-testing-report-schema), with the text that each replaces. `nth`
 * distinguishes mutants that read the same.
 * @returns {{ file: string, status: string, at: number, line: string, was: string, becomes: string, nth: number }[]}
 */
export function mutantsOf(file, { source, mutants }) {
  const lines = source.split("\n");
  const seen = new Map();
  const inOrder = mutants.toSorted(
    ({ location: { start: one } }, { location: { start: other } }) =>
      one.line - other.line || one.column - other.column,
  );
  return inOrder.map(({ status, location: { start, end }, replacement = "" }) => {
    const rows = lines.slice(start.line - 1, end.line);
    rows[rows.length - 1] = rows.at(-1).slice(0, end.column - 1);
    rows[0] = rows[0].slice(start.column - 1);
    const [was, becomes] = [flat(rows.join("\n")), flat(replacement)];
    const line = flat(lines[start.line - 1]);
    const nth = (seen.get([line, was, becomes].join("\n")) ?? 0) + 1;
    seen.set([line, was, becomes].join("\n"), nth);
    return { file, status, at: start.line, line, was, becomes, nth };
  });
}

const isNoticed = ({ status }) => status === "Killed" || status === "Timeout";
const hasSurvived = ({ status }) => status === "Survived" || status === "NoCoverage";
const isSame = (one, other) =>
  ["file", "line", "was", "becomes"].every((key) => one[key] === other[key]) && (one.nth ?? 1) === (other.nth ?? 1);

/**
 * Counts the mutants and the noticed ones; `late` are those noticed because a test hung. Mutants that could not
 * be run are left out, because they say nothing.
 */
export function scoreOf(mutants) {
  const counted = mutants.filter((mutant) => isNoticed(mutant) || hasSurvived(mutant));
  const noticed = counted.filter(isNoticed).length;
  const late = counted.filter(({ status }) => status === "Timeout").length;
  return { all: counted.length, noticed, late, score: counted.length === 0 ? 0 : (100 * noticed) / counted.length };
}

/**
 * The survivors, each with the reason that excuses it, and the judgements whose mutant has not survived.
 * @param mutants of the files that were changed in this run
 * @param {{ file: string, line: string, was: string, becomes: string, nth?: number, why: string }[]} judged
 */
export function judge(mutants, judged) {
  const survivors = mutants.filter(hasSurvived);
  const files = new Set(mutants.map(({ file }) => file));
  return {
    survivors: survivors.map((mutant) => ({ ...mutant, why: judged.find((one) => isSame(one, mutant))?.why || null })),
    outdated: judged.filter((one) => files.has(one.file) && !survivors.some((mutant) => isSame(one, mutant))),
  };
}

const code = (text, longest = 70) => {
  const short = text.length > longest ? `${text.slice(0, longest)}…` : text || " ";
  return `\`\`${short.startsWith("`") || short.endsWith("`") ? ` ${short} ` : short}\`\``.replaceAll("|", "\\|");
};

/** A table of the files, and one of the survivors; `missing` names the targets that could not be measured. */
export function inWords(mutants, survivors, missing = []) {
  const files = [...new Set(mutants.map(({ file }) => file))];
  const row = (name, of) => {
    const { all, noticed, late, score } = scoreOf(of);
    return `| ${name} | ${all} | ${noticed} | ${late} | ${score.toFixed(1)} % |`;
  };
  const table = [
    "| File | Changes | Noticed | of these as it does not end | Score |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...files.map((file) =>
      row(
        `\`${file}\``,
        mutants.filter((mutant) => mutant.file === file),
      ),
    ),
    row("**All**", mutants),
  ];
  const left = survivors.map(
    ({ file, at, was, becomes, why }) =>
      `| \`${file}:${at}\` | ${code(was)} → ${code(becomes)} | ${why ?? "**not judged yet**"} |`,
  );
  const list = [
    "What none of the tests that ran for it noticed; where another test sees it, that is said:",
    "",
    "| Where | Change | Why it may |",
    "| --- | --- | --- |",
    ...left,
  ];
  const gaps = missing.length > 0 ? [`**Could not be measured:** ${missing.join(", ")}.`, ""] : [];
  const none = scoreOf(mutants).all > 0 ? ["Every change was noticed."] : ["Nothing was changed."];
  return [...table, "", ...gaps, ...(left.length > 0 ? list : none)].join("\n");
}
