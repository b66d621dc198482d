// The id of a session changes while it goes on: when somebody proves that it is them, or changes what they log in with.
// From that moment the former id is nobody's (R4). What was sent under it a moment before, and looked at a moment after,
// is told that nobody is logged in, which is not true. Which changes turn the id is the server's business: any may.

const underWay = new Set<Promise<unknown>>();
let made = 0;

/** Marks a change that may be about whoever is logged in (a mailed link can be theirs), from before it is sent until its answer is here. */
export async function asTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = work();
  underWay.add(turn);
  try {
    const result = await turn;
    made += 1;
    return result;
  } finally {
    underWay.delete(turn);
  }
}

/**
 * Begins to watch, before a request is sent. The function given back says, once it was answered, whether the session may
 * have gone on under another id meanwhile: then the answer says nothing about who is logged in now.
 */
export function watchTurns(): () => Promise<boolean> {
  const before = made;
  return async () => {
    await Promise.allSettled(underWay);
    return made !== before;
  };
}
