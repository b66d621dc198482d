import { defineEntity, p } from "@mikro-orm/core";

/** A challenge that was answered, until it would be over anyhow. Nobody without a passkey or an account can write one. */
export const UsedChallengeEntity = defineEntity({
  name: "UsedChallenge",
  tableName: "used_challenges",
  properties: {
    id: p.string().length(22).primary(),
    /** Milliseconds since 1970. */
    expiresAt: p.bigint("number").index(),
  },
});
