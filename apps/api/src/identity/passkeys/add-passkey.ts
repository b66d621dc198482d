import type { PasskeyAttestation, User } from "@yumroad/contract";
import type { Request } from "express";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { inTransaction } from "../../platform/http/context.ts";
import { recordActivity } from "../activity/record-activity.ts";
import { type AttemptClient, numberOf } from "../auth/login-limits.ts";
import { rotateSession } from "../sessions/rotate-session.ts";
import type { SessionContext } from "../sessions/session-context.ts";
import type { FactorContext } from "../two-factor/factor-context.ts";
import { type FactorOwner, lockFactorOwner, type SetupRefusal } from "../two-factor/factor-owner.ts";
import { notifyFactorChange } from "../two-factor/notify-factor-change.ts";
import { revokeOtherBrowsers } from "../users/known-browsers.ts";
import { consumeChallenge } from "./consume-challenge.ts";
import type { PasskeyRow } from "./queries.ts";
import type { RelyingParty, RightAttestation } from "./relying-party.ts";

type AddedPasskey = Pick<PasskeyRow, "id" | "name" | "isSynced" | "createdAt" | "lastUsedAt">;

export type AddPasskeyOutcome =
  /** `number`: the account's new number for this browser; null: the account did not know this browser. */
  | { kind: "added"; passkey: AddedPasskey; number: number | null }
  | { kind: "refused" }
  | { kind: "already_set_up" }
  | { kind: "too_many" }
  | { kind: "setup_refused"; reason: SetupRefusal };

type AddPasskeyContext = SessionContext & FactorContext & { limits: Limits; relyingParty: RelyingParty };

interface NewPasskey {
  user: User;
  owner: FactorOwner;
  name: string;
  attestation: PasskeyAttestation;
  from: AttemptClient;
}

/**
 * The transports of the WebAuthn standard. Other transports that a browser reports are dropped, because options can't
 * request them.
 */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

/**
 * Adds a passkey that the browser has created by `creationOptions`. Rotates the session before anything is written or
 * consumed. Throws `unauthenticated` if another request has ended the session.
 */
export async function addPasskey(
  ctx: AddPasskeyContext,
  req: Request,
  newPasskey: NewPasskey,
): Promise<AddPasskeyOutcome> {
  const { user, attestation } = newPasskey;
  const right = await ctx.relyingParty.checkAttestation(attestation, user.id);
  if (right === null) return { kind: "refused" };
  await rotateSession(ctx, req, { user, isProven: false });
  return inTransaction(ctx, (ctx) => add(ctx, newPasskey, right));
}

async function add(
  ctx: AddPasskeyContext,
  { owner, name, attestation, from }: NewPasskey,
  right: RightAttestation,
): Promise<AddPasskeyOutcome> {
  const { em, clock, limits } = ctx;
  const { id: userId } = owner;
  // Locks the user's row, so that concurrent additions are counted one after the other.
  const reason = await lockFactorOwner(ctx, owner);
  if (reason !== null) return { kind: "setup_refused", reason };
  if (!(await consumeChallenge(ctx, right.challenge))) return { kind: "refused" };
  if ((await countPasskeys(em, userId)) >= limits.passkeysPerAccount) return { kind: "too_many" };
  const transports = TRANSPORTS.filter((way) => attestation.response.transports?.includes(way)).join(",");
  const createdAt = new Date(clock.now());
  const passkey = { id: uuid(), name, isSynced: right.isSynced, createdAt, lastUsedAt: null };
  if (!(await insertPasskey(em, { ...passkey, userId, transports, right }))) return { kind: "already_set_up" };
  const number = await revokeOtherBrowsers(em, userId, numberOf(userId, from), limits);
  await recordActivity(ctx, { kind: "authn_passkey_added", userId });
  await notifyFactorChange(ctx, { userId, change: "passkey_added" });
  return { kind: "added", passkey, number };
}

async function countPasskeys(em: EntityManager, userId: string): Promise<number> {
  const sql = "select count(*) as count from passkeys where user_id = ?";
  const [row] = await em.execute<{ count: number | string }[]>(sql, [userId]);
  return Number(row?.count ?? 0);
}

/** Inserts the passkey. False: it is registered already, for this account or for another one. */
async function insertPasskey(
  em: EntityManager,
  { right, ...row }: AddedPasskey & { userId: string; transports: string; right: RightAttestation },
): Promise<boolean> {
  const inserted = await em.execute<unknown[]>(
    `insert into passkeys
       (id, user_id, credential_id, public_key, counter, transports, is_synced, name, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (credential_id) do nothing returning id`,
    [
      row.id,
      row.userId,
      right.credentialId,
      right.publicKey,
      right.counter,
      row.transports,
      row.isSynced,
      row.name,
      row.createdAt,
    ],
  );
  return inserted.length > 0;
}
