import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** A code that replaces a lost authenticator app. */
export const RecoveryCodeEntity = defineEntity({
  name: "RecoveryCode",
  tableName: "recovery_codes",
  properties: {
    hash: p.string().length(43).primary(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade").index(),
    usedAt: p.datetime().nullable(),
  },
});
