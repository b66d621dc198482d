const HIDDEN = "•••";
const MAX_LENGTH = 200;
/** Shorter names are parts of too many words. */
const SHORTEST_NAME = 3;
const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const ADDRESS = /\S+@\S+/gu;
const LINK = /\S+:\/\/\S*/gu;
/** Tokens and encoded credentials, which a mail server may repeat from the mail or from the log-in. */
const LONG_WORD = /\S{24,}/gu;
/** A shorter word that looks like one: letters and digits mixed. */
const MIXED_WORD = /(?=[^\s.]*\d)(?=[^\s.]*\p{L})[^\s.]{10,}/gu;

/**
 * The mail server's reply for the operator, as one short line. Removes the recipient's address, whole or in its parts,
 * and everything that may be another address, a link or a token.
 */
export function hideSecrets(reply: string, address: string): string {
  const [local = "", domain = ""] = address.split("@");
  const names = [local, local.split("+")[0] ?? "", domain].filter((name) => name.length >= SHORTEST_NAME);
  let text = reply.replace(CONTROLS, " ").replace(LINK, HIDDEN).replace(ADDRESS, HIDDEN);
  for (const part of names) text = text.replace(wordOf(part), HIDDEN);
  text = text.replace(LONG_WORD, HIDDEN).replace(MIXED_WORD, HIDDEN).replace(/\s+/gu, " ").trim();
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH - 1).trimEnd()}…`;
}

/** Finds a text in any case where it is a word of its own. */
function wordOf(text: string): RegExp {
  const escaped = text.replace(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
  return new RegExp(String.raw`(?<![\p{L}\p{N}])${escaped}(?![\p{L}\p{N}])`, "giu");
}
