import type { Limits } from "../../config/limits.ts";
import { endOf, type SessionRecord } from "../../platform/sessions/session-record.ts";
import type { ListedActivity } from "../activity/queries.ts";
import type { PasskeyRow } from "../passkeys/queries.ts";
import type { TotpFactor } from "../two-factor/queries.ts";
import type { AccountInFull } from "../users/queries.ts";
import type { MailSent } from "./queries.ts";

// The files of an export contain, in readable form, everything that a person has entered and everything that is known
// about the person, but no secrets: no hash, no key, no session id.

export function accountFile({ user, ...account }: AccountInFull): object {
  return {
    id: user.id,
    email: user.email,
    name: user.name,
    emailVerifiedAt: iso(account.emailVerifiedAt),
    createdAt: iso(account.createdAt),
    passwordChangedAt: iso(account.passwordChangedAt ?? account.createdAt),
    deletionAt: iso(account.deletionAt),
  };
}

export function sessionInFile(record: SessionRecord, limits: Limits): object {
  const { device, address, loggedInAt, seenAt, isRemembered } = record;
  const [firstUsedAt, lastUsedAt, expiresAt] = [loggedInAt, seenAt, endOf(record, limits)].map((ms) =>
    iso(new Date(ms)),
  );
  return { device, address, firstUsedAt, lastUsedAt, expiresAt, isRemembered };
}

export function factorsFile(totp: TotpFactor | null, recoveryCodesLeft: number): object {
  return { totpSince: iso(totp?.confirmedAt ?? null), recoveryCodesLeft };
}

export function passkeyInFile({ name, createdAt, lastUsedAt, isSynced }: PasskeyRow): object {
  return { name, createdAt: iso(createdAt), lastUsedAt: iso(lastUsedAt), isSynced };
}

export function activityInFile({ kind, at, device, address }: ListedActivity): object {
  return { kind, at: iso(at), device, address };
}

export function mailInFile({ toAddress, subject, createdAt, sentAt }: MailSent): object {
  return { to: toAddress, subject, createdAt: iso(createdAt), sentAt: iso(sentAt ?? null) };
}

function iso(time: AccountInFull["createdAt"] | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
