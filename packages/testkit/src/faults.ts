import { createTcpFaults, type TcpFaults } from "./tcp-faults.ts";

/** Something that an app depends on and talks to over TCP. */
export interface FaultyService {
  /** Where it really is: `redis://127.0.0.1:6379/2`, `postgres://…`, `smtp://…`. */
  url: string;
  /** Takes away all that it has stored, in whatever way it understands. */
  flush?: () => Promise<void>;
}

type FaultsOf<Services> = {
  [Name in keyof Services]: Services[Name] extends { flush: infer Flush } ? TcpFaults & { flush: Flush } : TcpFaults;
};

/** `faults.<service>` for each, and what is done to all of them. */
export type Faults<Services> = FaultsOf<Services> & {
  /** All of them well again. */
  restoreAll(): Promise<void>;
  closeAll(): Promise<void>;
};

/**
 * Stands between an app and what it depends on, and plays the failures of each by its name: `kill()`, `stall()`,
 * `slow(ms)`, `strand()`, and `flush()` where it was said how. The real services are never touched by the others.
 *
 * @example
 * const faults = await createFaults({ sessions: { url: "redis://127.0.0.1:6379", flush: async () => void redis.flushdb() } });
 * const app = createApp({ redisUrl: faults.sessions.url });
 * await faults.sessions.kill();
 * await faults.restoreAll();
 */
export async function createFaults<Services extends Record<string, FaultyService>>(
  services: Services,
): Promise<Faults<Services>> {
  const faults: Record<string, TcpFaults> = {};
  for (const [name, { url, flush }] of Object.entries(services)) {
    faults[name] = { ...(await createTcpFaults(url)), ...(flush && { flush }) };
  }
  const all = Object.values(faults);
  return {
    ...(faults as FaultsOf<Services>),
    async restoreAll() {
      await Promise.all(all.map((each) => each.restore()));
    },
    async closeAll() {
      await Promise.all(all.map((each) => each.close()));
    },
  };
}
