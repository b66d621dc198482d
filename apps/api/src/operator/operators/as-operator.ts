import type { ClientInfo } from "../../platform/http/client-info.ts";
import { extendContext } from "../../platform/http/context.ts";

/**
 * The context for what an operator does to another account. The log names the operator; the page of the account's owner
 * gets neither the operator's browser nor their IP address.
 */
export function asOperator<C extends { client: ClientInfo }>(ctx: C, operator: { id: string }) {
  const { fullAddress, sessionHash, log } = ctx.client;
  const client: ClientInfo = {
    ...{ log: log.child({ operatorId: operator.id }), device: "", address: "", fullAddress, sessionHash },
  };
  return extendContext(ctx, { client });
}
