// docs/proof.md: a section a part, between marks, so that a part that was measured by itself replaces its own alone.

const HEAD = `# Proof

What holds, measured. Each section is written by \`pnpm prove\`, which runs all of them in at most three hours, or by \`pnpm prove <part>\`: do not edit. Figures are of one machine and one run; ratios say more than numbers.
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
