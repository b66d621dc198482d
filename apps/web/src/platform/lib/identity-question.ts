import { currentEpoch } from "./session-epoch.ts";

/** The prompt to re-authenticate before a sensitive action (R69). */
export interface IdentityQuestion {
  answer(isProven: boolean): void;
}

const listeners = new Set<() => void>();
let question: IdentityQuestion | null = null;
let answer: Promise<boolean> | null = null;
let proofs = 0;

/** Number of re-authentications so far; read it before sending a request that may require one. */
export function identityProofs(): number {
  return proofs;
}

/** True if a page can show the prompt. */
export function canAskForIdentity(): boolean {
  return listeners.size > 0;
}

/**
 * Asks the user to re-authenticate, unless they have since there were `proofsBefore`. Concurrent calls share one
 * answer: `false` when the user cancels or the session changes meanwhile.
 */
export function askForIdentity(proofsBefore: number): Promise<boolean> {
  if (proofs !== proofsBefore) return Promise.resolve(true);
  answer ??= new Promise((resolve) => {
    const { signal } = currentEpoch();
    const decline = () => settle(false);
    function settle(isProven: boolean) {
      // Answered already; another prompt may be open by now.
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

/** Subscribes a component that shows the prompt. When the last one unsubscribes, the prompt is withdrawn. */
export function subscribeToIdentityQuestion(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) question?.answer(false);
  };
}
