import { type Config, ConfigError, readDatabaseUrl, readDataDir } from "./env.ts";

/** Where a shop's data is. */
export type Places = Pick<Config, "dataDir" | "databaseUrl">;

/**
 * Reads from the environment where the data is, and nothing else: a backup needs no secrets, and makes none. Throws a
 * ConfigError.
 */
export function readPlaces(environment: { DATA_DIR?: string; DATABASE_URL?: string }): Places {
  const faults: string[] = [];
  const databaseUrl = readDatabaseUrl(environment.DATABASE_URL?.trim() || undefined, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return { dataDir: readDataDir(environment.DATA_DIR?.trim() || undefined), databaseUrl };
}
