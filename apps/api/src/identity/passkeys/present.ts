import type { Passkey } from "@yumroad/contract";
import type { PasskeyRow } from "./queries.ts";

export function presentPasskey(row: Omit<PasskeyRow, "userId" | "credentialId" | "publicKey" | "transports">): Passkey {
  const { id, name, createdAt, lastUsedAt, isSynced } = row;
  return {
    handle: id,
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    isSynced,
  };
}
