import Bowser from "bowser";

const UNKNOWN = "Unknown device";
const UNKNOWN_BROWSER = "Unknown browser";

/**
 * The only browsers that are ever shown; SYSTEMS lists the operating systems. A `User-Agent` header may contain any
 * text, and the parser returns unknown names unchanged. Without this list, a stranger's words would appear on the
 * owner's page and in mails.
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
 * Returns the browser and operating system of a `User-Agent` header, in words for the account's owner.
 *
 * @example userAgentLabel("Mozilla/5.0 (Windows NT 10.0; …) Gecko/20100101 Firefox/146.0") // "Firefox on Windows"
 */
export function userAgentLabel(userAgent: string | undefined): string {
  // A longer header than 1000 characters comes from no browser and is not worth parsing.
  if (!userAgent || userAgent.length > 1000) return UNKNOWN;
  const { browser, os } = Bowser.parse(userAgent);
  return inWords(browser.name, os.name);
}

/**
 * Reduces a stored label to the names that may be shown. An empty label means that no browser was involved, and stays
 * empty.
 */
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

/** Maps each name to itself, and the keys of `also` (other names that the parser uses) to the name to show. */
function namesOf({ names, also }: { names: string; also: Record<string, string> }): ReadonlyMap<string, string> {
  return new Map([...names.split(/,\s+/).map((name) => [name, name] as const), ...Object.entries(also)]);
}
