import type { Config } from "../src/config/env.ts";

/** The database that all processes of `deliveries.ts` share. */
export interface DeliveryPlace {
  folder: string;
  databaseUrl: string | null;
}

/** What a process is to hear of. */
export interface Task {
  orders: { id: string; session: string }[];
  /** Moments after which it dies: one before and one after each of its statements. */
  dieAfter: number;
  seed: number;
  /** Time by which its clock is ahead, so that the sweep finds the orders due. */
  aheadMs: number;
}

/** A local demo without mail server: its mails stay in the database, where they are counted. */
export function demoConfig({ folder, databaseUrl }: DeliveryPlace): Config {
  return {
    ...{ port: 0, host: "127.0.0.1", publicUrl: new URL("http://localhost:3000"), dataDir: folder, databaseUrl },
    ...{ redisUrl: null, redisPrefix: "", smtp: null, signupMode: "instant", shopKind: "marketplace", trustProxy: 0 },
    sessionSecrets: ["a session secret that outlives its process"],
    passwordPeppers: ["a password pepper that outlives its process"],
    ...{ logLevel: "silent", isLocalDemo: true },
  };
}
