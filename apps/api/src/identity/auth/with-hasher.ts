import { type Context, extendContext } from "../../platform/http/context.ts";
import type { PasswordHasher, SharedPasswordHasher } from "../../platform/lib/password-hasher.ts";

/**
 * Returns the context with a hasher for the client of the request in place of the shared hasher: it queues passwords
 * under that client's party.
 */
export function withHasher<C extends Pick<Context, "client"> & { hasher: SharedPasswordHasher }>(
  ctx: C,
): Omit<C, "hasher"> & { hasher: PasswordHasher } {
  return extendContext(ctx, { hasher: ctx.hasher.forParty(ctx.client.party) });
}
