import type { Database } from "../../platform/db/database.ts";
import { backgroundContext } from "../../platform/http/background-context.ts";
import type { Clock } from "../../platform/lib/clock.ts";
import type { Logger } from "../../platform/lib/logger.ts";
import { hasOperators } from "../operators/queries.ts";
import { issueSetupToken, setupLink } from "../operators/setup-link.ts";

interface OfferParts {
  database: Database;
  clock: Clock;
  logger: Logger;
  config: { publicUrl: URL; isLocalDemo: boolean };
}

/**
 * Returns the link by which the first operator of a new shop is made, for the server to print at its start. Null: the
 * shop has an operator, a link printed earlier is still valid, or this is the local demo, whose operator is made with
 * its data.
 */
export async function offerSetupLink(parts: OfferParts): Promise<string | null> {
  const { publicUrl, isLocalDemo } = parts.config;
  if (isLocalDemo) return null;
  const ctx = backgroundContext(parts);
  if (await hasOperators(ctx.em)) return null;
  const token = await issueSetupToken(ctx, { isReplacing: false });
  return token && setupLink(publicUrl, token);
}
