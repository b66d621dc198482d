import type { Endpoint, EndpointName } from "@yumroad/contract";
import { generalPlays } from "../general-plays.ts";
import type { Plays } from "../play.ts";
import { accountPlays } from "./accounts.ts";
import { factorPlays } from "./factors.ts";
import { passkeyPlays } from "./passkeys.ts";
import { productPlays } from "./products.ts";
import { recoveryPlays } from "./recovery.ts";
import { servicePlays } from "./service.ts";

/** What each endpoint answers by itself. One without its plays does not compile. */
const plays: Record<EndpointName, Plays> = {
  ...accountPlays,
  ...recoveryPlays,
  ...factorPlays,
  ...passkeyPlays,
  ...productPlays,
  ...servicePlays,
};

/** What an endpoint answers by itself. */
export function ownPlaysOf(name: EndpointName): Plays {
  return plays[name];
}

/** All plays of an endpoint: its own, and for the refusals that come to each endpoint of a kind those of all. */
export function playsOf(name: EndpointName, endpoint: Endpoint): Plays {
  return { ...generalPlays(endpoint), ...plays[name] };
}
