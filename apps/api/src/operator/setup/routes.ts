import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { ActivityBacklog } from "../../identity/activity/record-activity.ts";
import { limitLinks } from "../../identity/tokens/limit-links.ts";
import { refuseLink } from "../../identity/tokens/refuse-link.ts";
import type { AccountExtension } from "../../identity/users/account-extension.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { becomeOperator } from "./become-operator.ts";

interface SetupNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  sessions: Sessions;
  mailer: MailQueue;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
  activityBacklog: ActivityBacklog;
}

export function serveSetup(serve: Serve<SetupNeeds>): void {
  serve(endpoints.operator.setUp, ({ ctx, user, body, req, res }) =>
    limitLinks(ctx, async () => {
      const session = await becomeOperator(ctx, req, { user, token: body.token });
      return session ? { body: ctx.sessions.present(session) } : refuseLink(ctx, res, user.id);
    }),
  );
}
