import type { PasskeyAttestation } from "@yumroad/contract";
import { v7 as uuid } from "uuid";
import type { Limits } from "../../config/limits.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import type { MailParts } from "../../platform/mail/enqueue-mail.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { type AttemptOrigin, numberOf } from "../auth/login-limits.ts";
import { type FactorBar, type FactorOwner, lockFactorOwner } from "../two-factor/factor-owner.ts";
import { notifyFactorChange } from "../two-factor/notify-factor-change.ts";
import { revokeOtherBrowsers } from "../users/known-browsers.ts";
import { consumeChallenge } from "./consume-challenge.ts";
import type { PasskeyRow } from "./queries.ts";
import type { RelyingParty, RightAttestation } from "./relying-party.ts";

type AddedPasskey = Pick<PasskeyRow, "id" | "name" | "isSynced" | "createdAt" | "lastUsedAt">;

export type AddPasskeyOutcome =
  /** `number`: by which the account knows this browser from now on; null for a browser that it did not know. */
  | { kind: "added"; passkey: AddedPasskey; number: number | null }
  | { kind: "refused" }
  | { kind: "already_set_up" }
  | { kind: "too_many" }
  | { kind: "barred"; by: FactorBar };

interface Parts extends MailParts {
  em: EntityManager;
  limits: Limits;
  relyingParty: RelyingParty;
  /** Gives the session its new id; throws when it has ended meanwhile, and then nothing is kept or used up. */
  goOn: () => Promise<unknown>;
}

interface NewPasskey {
  owner: FactorOwner;
  name: string;
  attestation: PasskeyAttestation;
  from: AttemptOrigin;
}

/** Ways that the standard knows; a browser may name others, which nobody could ask for. */
const TRANSPORTS = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"];

/** Keeps a passkey that the browser has made in answer to our options. */
export async function addPasskey(
  { em, limits, relyingParty, goOn, ...parts }: Parts,
  { owner, name, attestation, from }: NewPasskey,
  origin: ClientInfo,
): Promise<AddPasskeyOutcome> {
  const { id: userId } = owner;
  const right = await relyingParty.checkAttestation(attestation, userId);
  if (right === null) return { kind: "refused" };
  await goOn();
  const transports = TRANSPORTS.filter((way) => attestation.response.transports?.includes(way)).join(",");

  return em.transactional(async (transaction): Promise<AddPasskeyOutcome> => {
    // Holds the user's row as well, so that two at once are counted one after the other.
    const by = await lockFactorOwner(transaction, parts.mailer, owner);
    if (by !== null) return { kind: "barred", by };
    if (!(await consumeChallenge({ em: transaction, ...parts }, right.challenge))) return { kind: "refused" };
    if ((await countOf(transaction, userId)) >= limits.passkeysPerAccount) return { kind: "too_many" };
    const passkey = {
      id: uuid(),
      name,
      isSynced: right.isSynced,
      createdAt: new Date(parts.clock.now()),
      lastUsedAt: null,
    };
    if (!(await insert(transaction, { ...passkey, userId, transports, right }))) return { kind: "already_set_up" };
    const number = await revokeOtherBrowsers(transaction, userId, numberOf(userId, from), limits);
    await recordActivity({ em: transaction, ...parts }, origin, { kind: "authn_passkey_added", userId });
    await notifyFactorChange(transaction, parts, userId, "passkey_added");
    return { kind: "added", passkey, number };
  });
}

async function countOf(em: EntityManager, userId: string): Promise<number> {
  const sql = "select count(*) as count from passkeys where user_id = ?";
  const [row] = await em.execute<{ count: number | string }[]>(sql, [userId]);
  return Number(row?.count ?? 0);
}

/** False: that passkey is kept already, here or by another account. */
async function insert(
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
