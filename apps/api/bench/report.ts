import type { Figure } from "./figures.ts";

interface Run {
  figures: Figure[];
  machine: string;
  /** Services that did not answer. */
  missing: string[];
  isPinned: boolean;
  seconds: number;
}

const ROW = /^\| (?!What \||---)(.+?) \|.*\| (yes|\*\*no\*\*) \|$/;

/** A figure as a row of the table: subject, target, measurement, verdict. */
export function rowOf({ what, target, measured, isReached }: Figure): string {
  return `| ${what} | ${target} | ${measured} | ${isReached ? "yes" : "**no**"} |`;
}

/** The number of reached figures, in words. */
export function countOf(figures: Figure[]): string {
  return `${figures.filter(({ isReached }) => isReached).length} of ${figures.length} figures are reached`;
}

export function tableOf(figures: Figure[]): string {
  return ["| What | Target | Measured | Reached |", "| --- | --- | --- | --- |", ...figures.map(rowOf)].join("\n");
}

/** The page with the rows of a part that was measured alone: in place of its former rows, or below all others. */
export function withRows(page: string, figures: Figure[]): string {
  const left = new Map(figures.map((figure) => [figure.what, rowOf(figure)]));
  const lines = page.split("\n").map((line) => {
    const what = ROW.exec(line)?.[1] ?? "";
    const row = left.get(what);
    left.delete(what);
    return row ?? line;
  });
  const last = lines.findLastIndex((line) => ROW.test(line));
  lines.splice(last + 1, 0, ...left.values());
  const rows = lines.flatMap((line) => ROW.exec(line)?.[2] ?? []);
  const reached = rows.filter((is) => is === "yes").length;
  return lines.join("\n").replace(/\d+ of \d+ figures are reached/, `${reached} of ${rows.length} figures are reached`);
}

/** The whole page: targets, measurements and verdicts. */
export function reportOf({ figures, machine, missing, isPinned, seconds }: Run): string {
  return `# Performance

Written by \`pnpm bench\` on ${new Date().toISOString().slice(0, 10)}: do not edit. ${countOf(figures)}.
${missing.length > 0 ? `\nNot there, and so not measured: ${missing.join(", ")}.\n` : ""}
${tableOf(figures)}

## How it was measured

- On one machine with ${machine}, in ${seconds} seconds, over loopback. Absolute numbers say little on another one: most figures are ratios within this run.
- Each server is a process of its own${isPinned ? ", for the ratios on one core that the load keeps off (not for log-ins, which get all)" : ""}; the product is \`src/main.ts\` as in production, behind what a proxy adds: headers, log, request id and express-session included.
- The bare apps (\`apps/api/bench/bare-*.ts\`) are Express as it comes, without header, log or session.
- A ratio is the median of five rounds in which both are asked in turn, after two to warm up, over 32 connections that ask again as soon as they are answered, without compression. The figures beside a ratio are medians of their own over the same rounds; dividing them need not give it.
- Times of the list and of searches are medians of 25 requests or more, one after the other. "All cores hash" is eight people who log in without a pause.
- A delivery is measured in this process, without HTTP: the signed webhook, the provider's answer, everything that a paid order leaves and two mails, beside another order by the same statements, in one transaction of the bare driver. Both take turns 40 times a round; the ratio is the median of five rounds' medians.
- The CSV of sales is read twice by the same seller, and the second time counts: in the first, V8's young generation grows to its full size, as it does under any load. The memory is the process's resident memory, its peak after the first 100,000 orders less what it was then.
- One's own sessions are 21, in a store that has no others and then 100,000 of as many people: the median of five rounds, each the median of 300 lists and of 20 ends. Redis counts its commands by itself.
- Two processes: their requests for each second of processor time, by the system's own count, is the median of five rounds in which one (by turns) and both are asked: who am I, the catalogue and one's own products, by eight people, over 32 connections each, with a pause of 30 ms between requests, on all cores. "Flat out" is the same without a pause and with both on the core that one has: they drive each other's code and data out of its caches.
- The catalogue is made up: 24 words a product by Zipf's law and some whose share is known; one product in twenty is a draft. It is filled as the first migration left it and then brought to the newest, which builds the search.

## The reach of the search

- A product is found when each word of the search begins one of its words, in name or description. All words may be beginnings, not only the last: without stems "brush" should find brushes wherever it stands, and it costs no more.
- A word counts by its first 10 characters; the first 8 words of a search count.
- Case, accents and the spelling of Latin letters (\`ß\`, \`ø\`) do not matter; umlauts are plain vowels (\`ü\` is \`u\`, not \`ue\`). Chinese, Japanese, Thai and the like are found by any part of a sentence.
- Signs part words and are nothing else; a search of signs alone finds nothing.
- On Postgres a word that is frequent among old products and missing among the newest 3,000 costs a fetch of every product that has it.
`;
}
