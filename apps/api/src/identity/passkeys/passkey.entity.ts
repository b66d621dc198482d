import { defineEntity, p } from "@mikro-orm/core";
import { UserEntity } from "../users/user.entity.ts";

/** A passkey: the public half of a key pair; the private half never leaves its owner's devices. */
export const PasskeyEntity = defineEntity({
  name: "Passkey",
  tableName: "passkeys",
  properties: {
    /** UUID version 7, in order of creation. Also the public id in the API. */
    id: p.string().length(36).primary(),
    user: () => p.manyToOne(UserEntity).deleteRule("cascade").index(),
    /** The authenticator's id of the passkey: at most 1,023 bytes, in base64url. */
    credentialId: p.string().length(1364).unique(),
    /** The public key in COSE format, in base64url. */
    publicKey: p.text(),
    /** The authenticator's signature counter; always 0 if the authenticator does not count. */
    counter: p.bigint("number"),
    /** Transports of the authenticator, separated by commas; browsers get them as a hint. */
    transports: p.string().length(100),
    isSynced: p.boolean(),
    name: p.string().length(240),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime().nullable(),
  },
});
