import type { Scenario, Theme } from "./scenario.ts";
import { access } from "./themes/access.ts";
import { cookies } from "./themes/cookies.ts";
import { crossSite } from "./themes/cross-site.ts";
import { failingParts } from "./themes/failing-parts.ts";
import { heldRequests } from "./themes/held-requests.ts";
import { logIns } from "./themes/logins.ts";
import { logOuts } from "./themes/logouts.ts";
import { ownAccount } from "./themes/own-account.ts";
import { pages } from "./themes/pages.ts";
import { passkeys } from "./themes/passkeys.ts";
import { products } from "./themes/products.ts";
import { recovery } from "./themes/recovery.ts";
import { secondFactors } from "./themes/second-factors.ts";
import { sessionEnds } from "./themes/session-ends.ts";
import { sessionList } from "./themes/session-list.ts";
import { signUps } from "./themes/signups.ts";
import { throttling } from "./themes/throttling.ts";
import { twoProcesses } from "./themes/two-processes.ts";

/** Every scenario there is, in the order in which they are told. */
export const themes: readonly Theme[] = [
  cookies,
  signUps,
  logIns,
  logOuts,
  sessionEnds,
  heldRequests,
  sessionList,
  ownAccount,
  recovery,
  secondFactors,
  passkeys,
  throttling,
  crossSite,
  access,
  products,
  twoProcesses,
  failingParts,
  pages,
];

export const scenarios: readonly Scenario[] = themes.flatMap((theme) => theme.scenarios);
