/**
 * The id of a session rotates while the session continues: after a re-authentication, or a change of a login method.
 * From then on the former id is invalid (R4). A request sent under it just before, and handled just after, is wrongly
 * answered as anonymous. The server decides which changes rotate the id, so each change counts.
 */
export interface Rotations {
  /** Marks a change that may concern the logged-in user (also a mailed link), from its sending until its answer. */
  during<T>(change: () => Promise<T>): Promise<T>;
  /**
   * Starts to watch before a request is sent. The returned function is called after the answer and tells whether the
   * session may have been rotated meanwhile: then the answer says nothing about the logged-in user.
   */
  watch(): () => Promise<boolean>;
}

export function createRotations(): Rotations {
  const underWay = new Set<Promise<unknown>>();
  let made = 0;
  return {
    async during(change) {
      const running = change();
      underWay.add(running);
      try {
        const result = await running;
        made += 1;
        return result;
      } finally {
        underWay.delete(running);
      }
    },
    watch() {
      const before = made;
      return async () => {
        await Promise.allSettled(underWay);
        return made !== before;
      };
    },
  };
}
