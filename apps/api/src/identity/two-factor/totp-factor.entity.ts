import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** An authenticator app of an account, which has one at most. Until it is confirmed, no login asks for its code. */
export const TotpFactorEntity = defineEntity({
  name: "TotpFactor",
  tableName: "totp_factors",
  properties: {
    user: () => p.manyToOne(UserEntity).primary().deleteRule("cascade").updateRule("no action"),
    /** The secret in base32, sealed for the user's id. */
    sealedSecret: p.string().length(200),
    confirmedAt: p.datetime().nullable(),
    /** The last time step of an accepted code: codes up to it are refused. */
    lastStep: p.bigint("number"),
  },
});
