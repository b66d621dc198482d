import type { ClientInfo } from "../../platform/http/client-info.ts";

/**
 * The client to record for what an operator does to another account. The log names the operator; the page of the
 * account's owner gets neither the operator's browser nor their IP address.
 */
export function operatorClient(client: ClientInfo, operator: { id: string }): ClientInfo {
  const { fullAddress, sessionHash } = client;
  return { log: client.log.child({ operatorId: operator.id }), device: "", address: "", fullAddress, sessionHash };
}
