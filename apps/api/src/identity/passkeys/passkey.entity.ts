import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** A passkey: the public half of a key pair; the other half never leaves its owner's devices. */
export const PasskeyEntity = defineEntity({
  name: "Passkey",
  tableName: "passkeys",
  properties: {
    /** UUID version 7: in order of the time at which they were made. It is also the public id by which its owner names it. */
    id: p.string().length(36).primary(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade").index(),
    /** The authenticator's own name for it, at most 1,023 bytes in base64url. */
    credentialId: p.string().length(1364).unique(),
    /** COSE, in base64url. */
    publicKey: p.text(),
    /** The number of its uses, as the authenticator says; always 0 where it does not count. */
    counter: p.bigint("number"),
    /** Ways to reach the authenticator, with commas between them: a hint for the browser. */
    transports: p.string().length(100),
    isSynced: p.boolean(),
    name: p.string().length(240),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
});
