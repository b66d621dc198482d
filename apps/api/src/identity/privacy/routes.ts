import { endpoints } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import type { Database } from "../../platform/db/database.ts";
import { Refusal } from "../../platform/http/problem.ts";
import { refuseOverLimit } from "../../platform/http/refuse-over-limit.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { readAccount } from "../account/read-account.ts";
import { logOut } from "../sessions/logout.ts";
import type { AccountExtension } from "../users/account-extension.ts";
import { exportData } from "./export-data.ts";
import { requestDeletion } from "./request-deletion.ts";
import { undoDeletion } from "./undo-deletion.ts";

interface PrivacyNeeds {
  database: Database;
  limits: Limits;
  rateLimiter: RateLimiter;
  sessions: Sessions;
  sessionStore: SessionStore;
  mailer: MailQueue;
  accountExtension: AccountExtension;
}

export function servePrivacy(serve: Serve<PrivacyNeeds>): void {
  serve(endpoints.privacy.export, async ({ ctx, user, req }) => {
    const { limits, sessions, clock } = ctx;
    const refusal = await refuseOverLimit(ctx, [{ key: `exports:${user.id}`, limit: limits.exports }]);
    if (refusal) return refusal;
    const session = sessions.current(req);
    const exported = session && (await exportData(ctx, session));
    if (exported === null) return new Refusal("unauthenticated");
    const day = new Date(clock.now()).toISOString().slice(0, 10);
    return { body: undefined, file: { name: `yumroad-${user.store?.handle ?? "account"}-${day}.zip`, ...exported } };
  });

  serve(endpoints.privacy.requestDeletion, async ({ ctx, user, req, res }) => {
    const deletionAt = await requestDeletion(ctx, user.id);
    if (deletionAt === null) return new Refusal("unauthenticated");
    if (deletionAt === "last_operator") return new Refusal("last_operator");
    await logOut(ctx, req, res);
    return { body: { deletionAt: deletionAt.toISOString() } };
  });

  serve(endpoints.privacy.undoDeletion, async ({ ctx, user }) => {
    await undoDeletion(ctx, user.id);
    const account = await readAccount(ctx, user.id);
    // Null: the account, and its session with it, was deleted during this request.
    return account === null ? new Refusal("unauthenticated") : { body: account };
  });
}
