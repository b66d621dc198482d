// A file of a room is one of a known set, or does what its name says. (Kebab-case and lengths are Biome's: biome.json.)
import { isTest, runCheck } from "./sources.mjs";

const ROOM_FILE = /^apps\/api\/src\/(?:identity|catalog|shop|sales|operator)\/(?:.+\/)?([^/]+)\.ts$/;

/** What every room may have. Another kind of file is a decision: name it here. */
const KINDS = ["routes", "present", "policy", "queries", "account-extension"];

/** Several functions of one noun that only make sense together, and why. */
const NOUNS = {
  "known-browsers": "revoking and asking both read the two counters of a user's row",
  "shop-kind": "reading, locking and first storing share one key of the settings",
  "shop-token": "issuing, checking and consuming share one form of a setting",
  "mail-confirmation": "reading and storing share one key of the settings",
  "webhook-signature": "signing and verifying share the form of the header and what is signed",
  "recovery-codes": "making, asking and consuming share how a code is hashed",
};

const asWritten = (name) => name.replaceAll(/\W/g, "").toLowerCase();

/** Every file of a room whose name promises nothing that it exports. */
export function faultsOf(sources) {
  return sources.flatMap(({ path, exports }) => {
    const [, name] = ROOM_FILE.exec(path) ?? [];
    if (!name || isTest(path) || KINDS.includes(name) || name in NOUNS) return [];
    if (exports.some((exported) => exported && asWritten(exported) === asWritten(name))) return [];
    return [
      `${path} exports nothing of its name (${exports.join(", ")}): a name is a promise. Name it after the one thing that it does (change-email.ts exports changeEmail), or make it one of ${KINDS.join(", ")} or *.entity`,
    ];
  });
}

runCheck(import.meta.url, { places: ["apps/api/src"], atLeast: 150, faultsOf });
