import type { Endpoint } from "@yumroad/contract";
import type { Answer, Client, RequestOptions } from "@yumroad/testkit";
import type { Stage } from "./stage.ts";

export interface Asked extends RequestOptions {
  /** What stands in the path's places. */
  params?: Record<string, string>;
  /** With its question mark. */
  query?: string;
  /** Its last byte does not come. */
  isHeld?: boolean;
}

/** Asks the endpoint that a play is about. */
export type Ask = (client: Client, options?: Asked) => Promise<Answer>;

/** How the server is brought to one answer: by real requests alone, the last of which is the one that is recorded. */
export type Play = (stage: Stage, ask: Ask) => Promise<Answer>;

/** The plays of an endpoint by the name of the recording: an outcome of the contract, with a variant behind a colon. */
export type Plays = Readonly<Record<string, Play>>;

export function askFor({ method, path }: Endpoint): Ask {
  return async (client, { params = {}, query = "", isHeld = false, ...options } = {}) => {
    const asked = { method, path: path.replace(/:(\w+)/g, (_, name) => params[name] ?? "") + query, ...options };
    return isHeld ? (await client.hold(asked)).answer : client.request(asked);
  };
}

/** Tries until there are too many tries, where one is allowed. */
export async function untilLimited(attempt: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await attempt();
    if (answer.status === 429) return answer;
  }
  return attempt();
}

/** Asks while as many passwords are looked at as can be at once: each takes about half a second. */
export function whileBusy({ busy }: Stage, attempt: () => Promise<Answer>): Promise<Answer> {
  const { hasher } = busy.dependencies;
  // What there is no room for any more is refused, here as well.
  for (let tries = 0; tries < 3; tries += 1)
    void hasher.hash("not the password", { group: `block ${tries}`, member: "somebody" }).catch(() => {});
  return attempt();
}
