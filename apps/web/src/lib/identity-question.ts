import { currentEpoch } from "./session-epoch.ts";

/** Whether it is still the person who logged in: asked before something serious is done (R69). */
export interface IdentityQuestion {
  answer(isProven: boolean): void;
}

const listeners = new Set<() => void>();
let question: IdentityQuestion | null = null;
let answer: Promise<boolean> | null = null;
let proofs = 0;

/** How often somebody has proven it so far: to be looked at before something is sent that may ask for it. */
export function identityProofs(): number {
  return proofs;
}

/** Whether there is a page to ask on. */
export function canAskForIdentity(): boolean {
  return listeners.size > 0;
}

/**
 * Has the person prove that it is them, unless they have since there were `proofsBefore`. All that ask at once wait for
 * one and the same answer: `false` when they would rather not, or when the session changes in the meantime.
 */
export function askForIdentity(proofsBefore: number): Promise<boolean> {
  if (proofs !== proofsBefore) return Promise.resolve(true);
  answer ??= new Promise((resolve) => {
    const { signal } = currentEpoch();
    const decline = () => settle(false);
    function settle(isProven: boolean) {
      // Answered before: by now another one may be open.
      if (question?.answer !== settle) return;
      signal.removeEventListener("abort", decline);
      answer = null;
      if (isProven) proofs += 1;
      show(null);
      resolve(isProven);
    }
    signal.addEventListener("abort", decline);
    show({ answer: settle });
  });
  return answer;
}

function show(next: IdentityQuestion | null) {
  question = next;
  for (const listener of listeners) listener();
}

export function openIdentityQuestion(): IdentityQuestion | null {
  return question;
}

/** Whoever shows the question subscribes; with the last of them it is withdrawn. */
export function subscribeToIdentityQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) question?.answer(false);
  };
}
