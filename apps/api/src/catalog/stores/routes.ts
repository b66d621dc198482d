import { endpoints, fault, type OwnStore } from "@yumroad/contract";
import type { Limits } from "../../config/limits.ts";
import { syncUserToSessions } from "../../identity/sessions/sync-user-to-sessions.ts";
import type { AccountExtension } from "../../identity/users/account-extension.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { Refusal } from "../../platform/http/problem.ts";
import type { Serve } from "../../platform/http/serve.ts";
import type { Sessions } from "../../platform/http/session.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionStore } from "../../platform/sessions/session-store.ts";
import { answerWords } from "../../words/answers.ts";
import { changePayments } from "./change-payments.ts";
import { type ChangeStoreOutcome, changeStore } from "./change-store.ts";
import { presentOwnStore } from "./present.ts";
import { findOwnStore, listFormerHandles } from "./queries.ts";

interface StoreNeeds {
  limits: Limits;
  rateLimiter: RateLimiter;
  sessions: Sessions;
  sessionStore: SessionStore;
  accountExtension: AccountExtension;
  mailer: MailQueue;
}

export function serveStores(serve: Serve<StoreNeeds>): void {
  serve(endpoints.stores.getOwn, ({ ctx, user }) => answerOwnStore(ctx.em, user.id));

  serve(endpoints.stores.changeOwn, async ({ ctx, user: { id }, body, req }) => {
    // Checks the session store first: if it can't be reached, nothing changes.
    await ctx.sessionStore.assertWritable();
    const loggedInAt = ctx.sessions.current(req)?.loggedInAt ?? 0;
    const outcome = await changeStore(ctx, { owner: { id, loggedInAt }, change: body });
    if (outcome.kind !== "changed") return refuse(outcome, ctx.limits);
    if (body.name !== undefined || body.handle !== undefined) await syncUserToSessions(ctx, id);
    return answerOwnStore(ctx.em.fork(), id);
  });

  serve(endpoints.stores.changePayments, async ({ ctx, user: { id }, body, req }) => {
    const loggedInAt = ctx.sessions.current(req)?.loggedInAt ?? 0;
    const outcome = await changePayments(ctx, { owner: { id, loggedInAt }, change: body });
    return outcome === "changed" ? answerOwnStore(ctx.em.fork(), id) : new Refusal(outcome);
  });
}

async function answerOwnStore(em: EntityManager, userId: string): Promise<{ body: OwnStore } | Refusal> {
  const store = await findOwnStore(em, userId);
  return store ? { body: presentOwnStore(store, await listFormerHandles(em, store)) } : new Refusal("not_found");
}

function refuse(outcome: ChangeStoreOutcome, { handleChanges: { max, windowMs } }: Limits): Refusal {
  switch (outcome.kind) {
    case "too_many":
      return new Refusal("rate_limited", {
        retryAfter: Math.max(1, Math.ceil(outcome.retryAfterMs / 1000)),
        detail: answerWords.handleLimit(max, windowMs / 86_400_000),
      });
    case "handle_reserved":
      return new Refusal("invalid_input", {
        issues: [{ path: ["handle"], message: fault("handle_reserved") }],
      });
    case "changed":
      throw new Error("A change that was made is not refused");
    default:
      return new Refusal(outcome.kind);
  }
}
