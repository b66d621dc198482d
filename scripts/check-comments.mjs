// Doc comments say what the code is, not "What …" or "Whether …": a page of questions is read twice. A few may.
import { isTest, runCheck } from "./sources.mjs";

const QUESTION = /^(?:What|Whether|Who|Whoever|Whose|How|Where)\b/;
const MOST = 0.05;

const docsOf = (sources) =>
  sources.filter(({ path }) => !isTest(path) && !path.includes("/test/")).flatMap(({ docs }) => docs);

const questionsOf = (sources) => docsOf(sources).filter(({ text }) => QUESTION.test(text));

export const shareOf = (sources) => questionsOf(sources).length / Math.max(1, docsOf(sources).length);

/** The doc comments that begin like a question, when they are more than the few that may. */
export function faultsOf(sources) {
  if (shareOf(sources) <= MOST) return [];
  return questionsOf(sources).map(
    ({ place, text }) => `${place} begins with "${text.split(" ", 1)}": begin with the noun or verb that it is about`,
  );
}

function summaryOf(sources) {
  const share = (100 * shareOf(sources)).toFixed(1);
  return [`${share} % of ${docsOf(sources).length} doc comments begin like a question; ${100 * MOST} % may`];
}

runCheck(import.meta.url, { places: ["apps/api", "packages"], atLeast: 300, faultsOf, summaryOf });
