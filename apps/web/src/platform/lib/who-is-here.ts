// A refusal as anonymous says that the session did not exist when the request came, without the reason. The session
// keeper finds out the reason before the refusal is reported (see `session-keeper.ts`).

let find: (() => Promise<boolean>) | null = null;

/** Registers the function that finds out; returns a function that removes it. */
export function whenRefusedAsNobody(isStillHere: () => Promise<boolean>): () => void {
  find = isStillHere;
  return () => {
    if (find === isStillHere) find = null;
  };
}

/**
 * True if the user whose request was refused is still logged in, according to the server. False if the server can't be
 * reached.
 */
export async function isStillHere(): Promise<boolean> {
  return (await find?.()) ?? false;
}
