import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** The authenticator app of an account, which has at most one. Logins ask for its codes once it is confirmed. */
export const TotpFactorEntity = defineEntity({
  name: "TotpFactor",
  tableName: "totp_factors",
  properties: {
    user: () => p.manyToOne(UserEntity).primary().deleteRule("cascade").updateRule("no action"),
    /** The secret in base32, sealed (`SealedBox`) for the user's id. */
    sealedSecret: p.string().length(200),
    confirmedAt: p.datetime().nullable(),
    /** The time step of the last accepted code; codes of this step and of earlier ones are refused. */
    lastStep: p.bigint("number"),
  },
});
