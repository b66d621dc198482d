import { setTimeout as sleep } from "node:timers/promises";

export interface Latch {
  readonly isOpen: boolean;
  /** Number of arrivals so far. */
  readonly arrivals: number;
  /** Releases everything that waits, and everything that arrives later. */
  open(): void;
  /** Resolves when the latch is open. */
  wait(): Promise<void>;
  /** Resolves after `count` arrivals (1 by default). Rejects with the number of arrivals when that takes too long. */
  arrived(count?: number, options?: { withinMs?: number }): Promise<void>;
  /** Holds requests at its place among an app's handlers. It fits Express, Connect and compatible frameworks. */
  middleware: (request: unknown, response: unknown, next: () => void) => void;
}

/**
 * A gate that holds asynchronous work until a test opens it, and reports arrivals.
 *
 * @example
 * const latch = createLatch();
 * app.post("/pay", latch.middleware, pay);
 * const paying = race(2, () => client.post("/pay"));
 * await latch.arrived(2);
 * latch.open();
 */
export function createLatch(): Latch {
  return latchWith(() => {});
}

function latchWith(onOpen: () => void): Latch {
  const { promise, resolve } = Promise.withResolvers<void>();
  const watchers = new Set<() => void>();
  let isOpen = false;
  let arrivals = 0;

  function wait(): Promise<void> {
    arrivals += 1;
    for (const look of watchers) look();
    return promise;
  }

  return {
    get isOpen() {
      return isOpen;
    },
    get arrivals() {
      return arrivals;
    },
    open() {
      if (isOpen) return;
      isOpen = true;
      onOpen();
      resolve();
    },
    wait,
    async arrived(count = 1, { withinMs = 10_000 } = {}) {
      const enough = Promise.withResolvers<true>();
      const look = () => arrivals >= count && enough.resolve(true);
      const timer = new AbortController();
      watchers.add(look);
      look();
      const isThere = await Promise.race([enough.promise, sleep(withinMs, false, { signal: timer.signal })]);
      watchers.delete(look);
      timer.abort();
      if (!isThere) throw new Error(`${arrivals} of ${count} have come to the latch within ${withinMs} ms`);
    },
    middleware: (_request, _response, next) => void wait().then(() => next()),
  };
}

/** Names of asynchronous methods: they return a promise, or nothing because they take a callback. */
type SlowMethodOf<Target> = {
  // biome-ignore lint/suspicious/noConfusingVoidType: methods that take a callback are declared to return `void`
  [Name in keyof Target]: Target[Name] extends (...given: never[]) => Promise<unknown> | void ? Name : never;
}[keyof Target];

/**
 * Holds every call of a method until the latch is opened, which also restores the method. With `when: "after"` the work
 * runs at once and only its result is held; the method must then return a promise.
 *
 * @example
 * const saving = holdCalls(sessionStore, "set");
 * const slow = client.get("/page");
 * await saving.arrived();
 * await client.post("/logout");
 * saving.open();
 */
export function holdCalls<Target extends object, Name extends SlowMethodOf<Target>>(
  target: Target,
  name: Name,
  { when = "before" }: { when?: "before" | "after" } = {},
): Latch {
  const own = Object.getOwnPropertyDescriptor(target, name);
  const method = target[name] as (...given: unknown[]) => unknown;
  const latch = latchWith(() => {
    if (own) Object.defineProperty(target, name, own);
    else delete target[name];
  });

  async function held(...given: unknown[]): Promise<unknown> {
    if (when === "before") await latch.wait();
    const answer = await method.apply(target, given);
    if (when === "after") await latch.wait();
    return answer;
  }

  Object.defineProperty(target, name, { value: held, configurable: true, writable: true, enumerable: true });
  return latch;
}
