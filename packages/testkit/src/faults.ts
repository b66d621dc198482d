import { createTcpFaults, type TcpFaults } from "./tcp-faults.ts";

/** A service that an app depends on and reaches over TCP. */
export interface FaultyService {
  /** Real address of the service: `redis://127.0.0.1:6379/2`, `postgres://…`, `smtp://…`. */
  url: string;
  /** Deletes everything that the service has stored. */
  flush?: () => Promise<void>;
}

type FaultsOf<Services> = {
  [Name in keyof Services]: Services[Name] extends { flush: infer Flush } ? TcpFaults & { flush: Flush } : TcpFaults;
};

/** `faults.<service>` for each service, and operations on all of them. */
export type Faults<Services> = FaultsOf<Services> & {
  /** Restores all services. */
  restoreAll(): Promise<void>;
  closeAll(): Promise<void>;
};

/**
 * Puts a fault-injecting proxy between an app and each service that it depends on: `kill()`, `stall()`, `slow(ms)`,
 * `strand()`, and `flush()` where the service defines it. Only `flush()` touches the real service.
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
