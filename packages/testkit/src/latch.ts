export interface Latch {
  readonly isOpen: boolean;
  /** Lets everybody through who waits, and everybody who comes later. */
  open(): void;
  /** Resolves once it is open. */
  wait(): Promise<void>;
}

/**
 * A gate that holds asynchronous work back until a test opens it.
 *
 * @example
 * const saved = createLatch();
 * app.post("/slow", async (_, res) => { await saved.wait(); res.end(); });
 */
export function createLatch(): Latch {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isOpen = false;
  return {
    get isOpen() {
      return isOpen;
    },
    open() {
      isOpen = true;
      resolve();
    },
    wait: () => promise,
  };
}
