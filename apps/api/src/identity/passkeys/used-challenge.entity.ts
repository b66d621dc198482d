import { defineEntity, p } from "@mikro-orm/core";

/** An answered challenge, stored until it expires. Only a client with a passkey or an account can create such a row. */
export const UsedChallengeEntity = defineEntity({
  name: "UsedChallenge",
  tableName: "used_challenges",
  properties: {
    id: p.string().length(22).primary(),
    /** Milliseconds since 1970. */
    expiresAt: p.bigint("number").index(),
  },
});
