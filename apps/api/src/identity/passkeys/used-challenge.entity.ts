import { defineEntity, p } from "@mikro-orm/core";

/**
 * A challenge that was answered, stored until it expires. Only a client with a passkey or an account can cause a row.
 */
export const UsedChallengeEntity = defineEntity({
  name: "UsedChallenge",
  tableName: "used_challenges",
  properties: {
    id: p.string().length(22).primary(),
    /** Milliseconds since 1970. */
    expiresAt: p.bigint("number").index(),
  },
});
