// The words of the pages stand in the catalogue, `apps/web/src/words/`, and those of mails and of handlers' answers in
// `apps/api/src/words/`, and nowhere else: a second language is a second catalogue, and a rule for words is kept by
// reading one folder.
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

const API = "apps/api/src/";
const SENDS_MAIL = /\/(?:enqueue-mail|mail-seller)\.ts$/;

/** A sentence or a label. SQL, HTML, CSS and log messages begin otherwise. */
const SENTENCE = /^[A-Z“][\w’'-]*[,:]? (?:[a-z0-9]|\?)|^\?[,:]? [a-z]|^[A-Z][a-z]+[.…:!?]?$/;

const isOfPages = (path) => path.startsWith(WEB) && !isTest(path) && !path.startsWith(`${WEB}words/`);

/** Handlers, and the modules that send mails. */
const isOfAnswers = ({ path, imports }) =>
  path.startsWith(API) &&
  !isTest(path) &&
  !path.startsWith(`${API}words/`) &&
  (path.endsWith("/routes.ts") || imports.some((to) => SENDS_MAIL.test(to)));

export function faultsOf(sources) {
  return sources.flatMap((source) => {
    if (isOfPages(source.path)) return faultsIn(source.copy.filter(isCopy), WEB);
    if (isOfAnswers(source)) return faultsIn(source.copy.filter(isSentence), API);
    return [];
  });
}

const faultsIn = (copy, app) =>
  copy.map(({ text, place }) => `${place} has words in it, ${JSON.stringify(text)}: put them into ${app}words/`);

const isTechnical = (text) => Object.hasOwn(TECHNICAL, text) || CSS.test(text);

function isCopy({ text, isJsx }) {
  if (isTechnical(text)) return false;
  return isJsx ? IN_JSX.test(text) : WORDS.test(text);
}

const isSentence = ({ text }) => !isTechnical(text) && SENTENCE.test(text);

runCheck(import.meta.url, { places: ["apps/web/src", "apps/api/src"], atLeast: 700, faultsOf });
