import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { Refusal, tooManyTries } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import type { ActivityBacklog } from "../activity/record-activity.ts";
import { peekToken } from "../tokens/consume-token.ts";
import { limitLinks } from "../tokens/limit-links.ts";
import { refuseLink } from "../tokens/refuse-link.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { cancelEmailChange } from "./cancel-email-change.ts";
import { changeEmail } from "./change-email.ts";
import { confirmEmailChange } from "./confirm-email-change.ts";
import type { RefuseStranger } from "./refuse-stranger.ts";
import { resendVerification } from "./resend-verification.ts";
import { undoEmailChange } from "./undo-email-change.ts";
import { verifyEmail } from "./verify-email.ts";

interface EmailNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  mailer: MailQueue;
  sessions: Sessions;
  sessionStore: SessionStore;
  activityBacklog: ActivityBacklog;
  accountExtension: AccountExtension;
  refuseStranger: RefuseStranger;
}

export function serveEmail(serve: Serve<EmailNeeds>): void {
  serve(endpoints.email.verify, ({ ctx, body: { token, password }, req, res }) =>
    limitLinks(ctx, async () => {
      const look = await peekToken(ctx, { token, purposes: ["verify_email", "change_email"] });
      if (look.kind === "refused") return refuseLink(ctx, res, look.userId);
      const refusal = await ctx.refuseStranger(ctx, { req, res, user: look.user, password });
      if (refusal !== null) return refusal;
      const isChange = look.token.purpose === "change_email";
      const outcome = await (isChange ? confirmEmailChange(ctx, req, token) : verifyEmail(ctx, token));
      if (outcome.kind === "refused") return refuseLink(ctx, res, outcome.userId);
      if (outcome.kind === "email_taken") return new Refusal("email_taken");
      return { body: { email: outcome.email, isChanged: isChange } };
    }),
  );

  serve(endpoints.email.undoChange, ({ ctx, body, res }) =>
    limitLinks(ctx, async () => {
      const outcome = await undoEmailChange(ctx, body.token);
      return outcome.kind === "refused" ? refuseLink(ctx, res, outcome.userId) : { body: { email: outcome.email } };
    }),
  );

  serve(endpoints.email.resendVerification, async ({ ctx, user }) => {
    await resendVerification(ctx, user.id);
    return { body: undefined };
  });

  serve(endpoints.email.change, async ({ ctx, user, body }) => {
    const outcome = await changeEmail(ctx, { user, email: body.email });
    if (outcome.kind === "too_many") return tooManyTries(outcome.retryAfterMs);
    return outcome.kind === "asked" ? { body: undefined } : new Refusal(outcome.kind);
  });

  serve(endpoints.email.cancelChange, async ({ ctx, user }) => {
    await cancelEmailChange(ctx, user.id);
    return { body: undefined };
  });
}
