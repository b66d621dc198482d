// A refusal as nobody's says that the session was no more when the request came, and not why. Whoever keeps the session
// finds out, before anybody hears of the refusal (see `session-keeper.ts`).

let find: (() => Promise<boolean>) | null = null;

/** Names who finds out; gives back how to stop. */
export function whenRefusedAsNobody(isStillHere: () => Promise<boolean>): () => void {
  find = isStillHere;
  return () => {
    if (find === isStillHere) find = null;
  };
}

/**
 * Whether the person whose request was refused as nobody's is logged in all the same, as the server says. False if it
 * can't be asked.
 */
export async function isStillHere(): Promise<boolean> {
  return (await find?.()) ?? false;
}
