import { type Account, endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { type ActivityBacklog, recordActivityLater } from "../activity/record-activity.ts";
import { limitLinks } from "../tokens/limit-links.ts";
import { refuseLink } from "../tokens/refuse-link.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { changeProfile } from "./change-profile.ts";
import { disownAccount } from "./disown-account.ts";
import { readAccount } from "./read-account.ts";

interface AccountNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  sessions: Sessions;
  sessionStore: SessionStore;
  activityBacklog: ActivityBacklog;
  accountExtension: AccountExtension;
}

export function serveAccount(serve: Serve<AccountNeeds>): void {
  serve(endpoints.account.get, async ({ ctx, user }) => accountOrRefusal(await readAccount(ctx, user.id)));

  serve(endpoints.account.change, async ({ ctx, user: { id: userId }, body, res }) => {
    const changed = await changeProfile(ctx, { userId, ...body });
    if (changed) recordActivityLater(ctx, res, { kind: "user_updated", userId });
    return accountOrRefusal(await readAccount(ctx, userId));
  });

  serve(endpoints.account.disown, ({ ctx, body, res }) =>
    limitLinks(ctx, async () => {
      const outcome = await disownAccount(ctx, body.token);
      if (outcome.kind === "refused") return refuseLink(ctx, res, outcome.userId);
      return { body: { isAccountClosed: outcome.kind === "disowned" } };
    }),
  );
}

/** Null: the account, and its session with it, was deleted during the request. */
function accountOrRefusal(account: Account | null): { body: Account } | Refusal {
  return account === null ? new Refusal("unauthenticated") : { body: account };
}
