import type { Endpoint, ShopSettings } from "@yumroad/contract";
import type { Answer, Client, RequestOptions } from "@yumroad/testkit";
import type { Fixtures } from "./fixtures.ts";

export interface Asked extends RequestOptions {
  /** Values of the path's parameters. */
  params?: Record<string, string>;
  /** The query with its question mark. */
  query?: string;
  /** The last byte of the body is held back. */
  isHeld?: boolean;
}

/** Sends a request to the endpoint of the interaction. */
export type Ask = (client: Client, options?: Asked) => Promise<Answer>;

/** Brings the server to one answer, by real requests alone; the last request is the one that is recorded. */
export type Interaction = (fixtures: Fixtures, ask: Ask) => Promise<Answer>;

/**
 * The interactions of an endpoint by the name of the recording: an outcome of the contract, with a variant after a
 * colon.
 */
export type Interactions = Readonly<Record<string, Interaction>>;

export function askFor({ method, path }: Endpoint): Ask {
  return async (client, { params = {}, query = "", isHeld = false, ...options } = {}) => {
    const asked = { method, path: path.replace(/:(\w+)/g, (_, name) => params[name] ?? "") + query, ...options };
    return isHeld ? (await client.hold(asked)).answer : client.request(asked);
  };
}

/** Repeats a request until its limit refuses it: a limit of one attempt, or the usual one of `most` attempts. */
export async function untilLimited(attempt: () => Promise<Answer>, most = 3): Promise<Answer> {
  for (let tries = 0; tries < most; tries += 1) {
    const answer = await attempt();
    if (answer.status === 429) return answer;
  }
  return attempt();
}

/** Sends a request while the server checks as many passwords as it can: another one begins when one is done. */
export async function whileBusy({ busy }: Fixtures, attempt: () => Promise<Answer>): Promise<Answer> {
  const { hasher } = busy.dependencies;
  let isAnswered = false;
  const keepChecking = async (party: number) => {
    while (!isAnswered) await hasher.hash("not the password", { group: `block ${party}`, member: "somebody" });
  };
  // The hasher refuses the ones that exceed its capacity.
  for (let party = 0; party < 3; party += 1) void keepChecking(party).catch(() => {});
  try {
    return await attempt();
  } finally {
    isAnswered = true;
  }
}

const FILLED_IN: ShopSettings = {
  name: "Paper & Ink",
  tagline: "Zines, prints and fonts",
  senderName: "Paper & Ink, by Ada",
  legalName: "Ada Lovelace",
  legalAddress: "1 St James’s Square\nLondon",
  contactEmail: "hello@example.com",
  footerLinks: [
    { label: "Imprint", href: "https://example.com/imprint" },
    { label: "Write to us", href: "mailto:hello@example.com" },
    { label: "Terms", href: "/terms" },
  ],
  showsPoweredBy: false,
};

/**
 * Runs something while all settings of the shop are filled in. `work` gets the version of the
 * settings.
 */
export async function withShop(
  { operatorBystander: { client }, app }: Fixtures,
  work: (version: string) => Promise<Answer>,
): Promise<Answer> {
  const path = "/api/operator/shop";
  const { headers: before } = await client.get(path);
  const { headers } = await client.patch(path, { json: FILLED_IN, headers: { "If-Match": String(before.etag) } });
  try {
    return await work(String(headers.etag));
  } finally {
    await app.dependencies.database.fork().execute("delete from settings where key = 'shop'");
  }
}
