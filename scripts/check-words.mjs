// The words of the pages stand in the catalogue, `apps/web/src/words/`, and nowhere else: a second language is a second
// catalogue, and a rule for words is kept by reading one folder.
import { isTest, runCheck } from "./sources.mjs";

const WEB = "apps/web/src/";

/** Two words, or one that begins like a label. Class names, addresses, keys and formats look otherwise. */
const WORDS = /[A-Za-z]{2,}[,.:;!?…’]* [A-Za-z]{2,}|[A-Za-z]{2,} \?|\? [a-z]{2,}|^[A-Z][a-z]+[.…:!?]?$/;
const IN_JSX = /[A-Za-z]{2,}/;

/** Texts that only look like words, and what they are. */
const TECHNICAL = {
  Enter: "a key of the keyboard",
  Escape: "a key of the keyboard",
  "noopener noreferrer": "the relation of a link to this page",
  "xMidYMid slice": "the place of a drawing",
  "1px solid transparent": "a border",
  "email webauthn": "a value of `autocomplete`",
  "nofollow ugc noopener noreferrer": "a value of `rel`",
  "allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation": "a value of `sandbox`",
  ...Object.fromEntries(
    ["Edge", "Opera", "Firefox", "Chrome", "Safari", "Android", "Windows", "Mac", "Linux"].map((name) => [
      name,
      "a brand",
    ]),
  ),
};
const CSS = /var\(--|serif$|solid transparent$/;

const isLookedAt = (path) => path.startsWith(WEB) && !isTest(path) && !path.startsWith(`${WEB}words/`);

export function faultsOf(sources) {
  return sources
    .filter(({ path }) => isLookedAt(path))
    .flatMap(({ copy }) => copy.filter(isCopy))
    .map(({ text, place }) => `${place} has words in it, ${JSON.stringify(text)}: put them into ${WEB}words/`);
}

function isCopy({ text, isJsx }) {
  if (Object.hasOwn(TECHNICAL, text) || CSS.test(text)) return false;
  return isJsx ? IN_JSX.test(text) : WORDS.test(text);
}

runCheck(import.meta.url, { places: ["apps/web/src"], atLeast: 300, faultsOf });
