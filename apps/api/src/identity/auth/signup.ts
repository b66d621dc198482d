import type { SignupInput } from "@yumroad/contract";
import type { Request } from "express";
import type { Limits } from "../../config/limits.ts";
import type { Context } from "../../platform/http/context.ts";
import { hashKey } from "../../platform/http/ip-address.ts";
import type { PasswordHasher } from "../../platform/lib/password-hasher.ts";
import type { MailQueue } from "../../platform/mail/enqueue-mail.ts";
import type { TooMany } from "../../platform/rate-limit/limited.ts";
import type { RateLimiter } from "../../platform/rate-limit/rate-limiter.ts";
import type { SessionRecord } from "../../platform/sessions/session-record.ts";
import { sendVerification, verificationLimit } from "../email/send-verification.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import { makeBrowserKnown } from "../users/known-browsers.ts";
import { type CreateUserOutcome, createUser } from "./create-user.ts";
import { rollBackSignup } from "./roll-back-signup.ts";

type SignupContext = Context &
  SessionContext & {
    limits: Limits;
    rateLimiter: RateLimiter;
    hasher: PasswordHasher;
    mailer: MailQueue;
    /** True: only the first account of the shop may be created. */
    allowsOnlyFirstAccount: boolean;
  };

export type SignupOutcome =
  /** `number`: the account's number for this browser; null: none. */
  | { kind: "signed_up"; session: SessionRecord; number: number | null }
  | Exclude<CreateUserOutcome, { kind: "created" }>
  | TooMany;

/** Creates an account and begins its first session. If no session can begin, no account is created. */
export async function signUp(ctx: SignupContext, req: Request, input: SignupInput): Promise<SignupOutcome> {
  const { sessions, rateLimiter, limits } = ctx;
  const { remember = false, ...newUser } = input;
  // Checks the session store first: otherwise the account could be created without a session, and the person's second
  // try would find the address taken.
  await sessions.assertCanBegin(req);
  const from = hashKey(ctx.client.ipKey);
  const made = { key: `signups:${from}`, limit: limits.signups };
  const taken = { key: `taken-signups:${from}`, limit: limits.takenSignups };
  const limitKeys = [made, taken];
  const consumed = await rateLimiter.consume(limitKeys);
  if (!consumed.isAllowed) return { kind: "too_many", retryAfterMs: consumed.retryAfterMs };

  let mailId: string | null = null;
  let number: number | null = null;
  const outcome = await createUser(ctx, newUser, {
    isOnlyFirst: ctx.allowsOnlyFirstAccount,
    async inTransaction(ctx, user) {
      mailId = await sendVerification(ctx, user);
      number = await makeBrowserKnown(ctx.em, user.id, { revoked: 0 });
    },
  }).catch(async (error) => {
    await rateLimiter.refund(limitKeys);
    throw error;
  });
  const counted = { created: made, email_taken: taken, signup_closed: null, weak_password: null }[outcome.kind];
  // In parallel, since each call costs a round trip to the rate limiter's store.
  await Promise.all([
    rateLimiter.refund(limitKeys.filter((limitKey) => limitKey !== counted)),
    outcome.kind === "created" && rateLimiter.consume([verificationLimit(outcome.user.email, limits)]),
  ]);
  if (outcome.kind !== "created") return outcome;

  const { user } = outcome;
  const session = await sessions.begin(req, user, { isRemembered: remember }).catch(async (error) => {
    await rollBackSignup(ctx, { userId: user.id, mailId });
    await rateLimiter.refund([made, verificationLimit(user.email, limits)]);
    throw error;
  });
  return { kind: "signed_up", session, number };
}
