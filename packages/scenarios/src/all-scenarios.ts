import type { Scenario, Theme } from "./scenario.ts";
import { access } from "./themes/access.ts";
import { cookies } from "./themes/cookies.ts";
import { crossSite } from "./themes/cross-site.ts";
import { failingParts } from "./themes/failing-parts.ts";
import { heldRequests } from "./themes/held-requests.ts";
import { logins } from "./themes/logins.ts";
import { logouts } from "./themes/logouts.ts";
import { ownAccount } from "./themes/own-account.ts";
import { pages } from "./themes/pages.ts";
import { passkeys } from "./themes/passkeys.ts";
import { products } from "./themes/products.ts";
import { rateLimits } from "./themes/rate-limits.ts";
import { recovery } from "./themes/recovery.ts";
import { secondFactors } from "./themes/second-factors.ts";
import { sessionEnds } from "./themes/session-ends.ts";
import { sessionList } from "./themes/session-list.ts";
import { signups } from "./themes/signups.ts";
import { twoProcesses } from "./themes/two-processes.ts";

/** All scenarios by theme, in the order of the report. */
export const themes: readonly Theme[] = [
  cookies,
  signups,
  logins,
  logouts,
  sessionEnds,
  heldRequests,
  sessionList,
  ownAccount,
  recovery,
  secondFactors,
  passkeys,
  rateLimits,
  crossSite,
  access,
  products,
  twoProcesses,
  failingParts,
  pages,
];

export const scenarios: readonly Scenario[] = themes.flatMap((theme) => theme.scenarios);
