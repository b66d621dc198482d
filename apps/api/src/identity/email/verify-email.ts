import type { EntityManager } from "../../platform/db/database.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import { type ClientInfo, recordActivity } from "../activity/record-activity.ts";
import { consumeToken } from "../tokens/consume-token.ts";

interface Parts {
  em: EntityManager;
  clock: Clock;
}

export type VerificationOutcome = { kind: "verified"; email: string } | { kind: "refused"; userId: string | null };

/** Notes that an address is its owner's, by the link that was mailed there. */
export function verifyEmail({ em, clock }: Parts, token: string, origin: ClientInfo): Promise<VerificationOutcome> {
  return em.fork().transactional(async (transaction) => {
    const used = await consumeToken(transaction, { clock }, { token, purposes: ["verify_email"] });
    if (used.kind === "refused") return used;
    const { user } = used;
    // A change of address ends this link, so it is about the address that the account has.
    if (!user.emailVerifiedAt) {
      const now = new Date(clock.now());
      transaction.assign(user, { emailVerifiedAt: now, updatedAt: now });
      await transaction.flush();
      const event = { kind: "authn_email_verified", userId: user.id } as const;
      await recordActivity({ em: transaction, clock }, origin, event);
    }
    return { kind: "verified", email: user.email };
  });
}
