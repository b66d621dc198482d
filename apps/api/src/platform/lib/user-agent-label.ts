import Bowser from "bowser";

const UNKNOWN = "Unknown device";
const UNKNOWN_BROWSER = "Unknown browser";

/**
 * All that a device is ever called. A header may say anything, and what no pattern knows the parser gives back as it
 * is: a stranger's words would stand on the page of the owner of an account, and in a mail from us.
 */
const BROWSERS = namesOf({
  names: `Amazon Silk, Android Browser, Brave, Chrome, Chromium, DuckDuckGo, Edge, Epiphany, Firefox, Focus,
    Google Search, HeyTap Browser, Internet Explorer, Ladybird, LibreWolf, Maxthon, NAVER Whale Browser, Opera,
    Pale Moon, QQ Browser, Safari, Samsung Internet, SeaMonkey, UC Browser, Vivaldi, Vivo Browser, WeChat,
    Yandex Browser`,
  also: { "Microsoft Edge": "Edge", "Samsung Internet for Android": "Samsung Internet" },
});
const SYSTEMS = namesOf({
  names: "Android, ChromeOS, HarmonyOS, iOS, Linux, macOS, Tizen, WebOS, Windows",
  also: { "Chrome OS": "ChromeOS" },
});

/**
 * What a `User-Agent` header says, in words for the person whose browser it is.
 *
 * @example userAgentLabel("Mozilla/5.0 (Windows NT 10.0; …) Gecko/20100101 Firefox/146.0") // "Firefox on Windows"
 */
export function userAgentLabel(userAgent: string | undefined): string {
  // Far longer than any browser's: it is not worth looking through.
  if (!userAgent || userAgent.length > 1000) return UNKNOWN;
  const { browser, os } = Bowser.parse(userAgent);
  return inWords(browser.name, os.name);
}

/** Words that were stored, of which only those of the list are shown. Nothing stays nothing: no browser was involved. */
export function knownDevice(stored: string): string {
  if (stored === "") return "";
  const [browser, os = browser] = stored.split(" on ");
  return inWords(browser, os);
}

function inWords(browserName = "", systemName = ""): string {
  const browser = BROWSERS.get(browserName);
  const system = SYSTEMS.get(systemName);
  if (system === undefined) return browser ?? UNKNOWN;
  return `${browser ?? UNKNOWN_BROWSER} on ${system}`;
}

/** Names to be shown, under themselves and under what the parser calls them. */
function namesOf({ names, also }: { names: string; also: Record<string, string> }): ReadonlyMap<string, string> {
  return new Map([...names.split(/,\s+/).map((name) => [name, name] as const), ...Object.entries(also)]);
}
