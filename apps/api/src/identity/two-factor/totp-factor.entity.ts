import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** An authenticator app of an account: one at most. Until it is confirmed it asks nobody for anything. */
export const TotpFactorEntity = defineEntity({
  name: "TotpFactor",
  tableName: "totp_factors",
  properties: {
    user: () => p.manyToOne(UserEntity).primary().deleteRule("cascade").updateRule("no action"),
    /** The secret in base32, sealed for the user's id. */
    sealedSecret: p.string().length(200),
    confirmedAt: p.datetime().nullable(),
    /** The last time step of which a code was taken: none of it or before it is taken again. */
    lastStep: p.bigint("number"),
  },
});
