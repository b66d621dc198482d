import Bowser from "bowser";

const UNKNOWN = "Unknown device";
const MAX_LENGTH = 40;

/**
 * What a `User-Agent` header says, in words for the person whose browser it is.
 *
 * @example deviceInWords("Mozilla/5.0 (Windows NT 10.0; …) Gecko/20100101 Firefox/146.0") // "Firefox on Windows"
 */
export function deviceInWords(userAgent: string | undefined): string {
  // Far longer than any browser's: it is not worth looking through.
  if (!userAgent || userAgent.length > 1000) return UNKNOWN;
  const { browser, os } = Bowser.parse(userAgent);
  const words = [browser.name, os.name].filter(Boolean).join(" on ");
  return words === "" ? UNKNOWN : printable(words).slice(0, MAX_LENGTH);
}

/** A header may hold anything, and what no pattern knows comes back as it is. */
function printable(text: string): string {
  return text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, "");
}
