import type { Database, EntityManager } from "../db/database.ts";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { ClientInfo } from "./client-info.ts";
import type { Context } from "./context.ts";

/** The context of work without a request: a worker's job or an operator's command. */
export type BackgroundContext = Pick<Context, "em" | "clock" | "log"> & { client: ClientInfo };

/** Makes a context that includes the given parts of the server. It has a new unit of work, unless `em` is given. */
export function backgroundContext<D extends { database: Pick<Database, "fork">; clock: Clock; logger: Logger }>(
  parts: D,
  em: EntityManager = parts.database.fork(),
): D & BackgroundContext {
  const { logger: log } = parts;
  return { ...parts, em, log, client: { log, device: "", address: "" } };
}
