import type { Epochs } from "./epochs.ts";

/** An open prompt to re-authenticate. */
export interface OpenPrompt {
  answer(isProven: boolean): void;
}

/** The prompt to re-authenticate before a sensitive action (R69). */
export interface ReauthPrompt {
  /** Number of re-authentications so far; read it before sending a request that may require one. */
  proofs(): number;
  /** True if a page can show the prompt. */
  canAsk(): boolean;
  /**
   * Asks the user to re-authenticate, unless they have since there were `proofsBefore`. Concurrent calls share one
   * answer: `false` when the user cancels or the session changes meanwhile.
   */
  ask(proofsBefore: number): Promise<boolean>;
  current(): OpenPrompt | null;
  /** Subscribes a component that shows the prompt. When the last one unsubscribes, the prompt is withdrawn. */
  subscribe(listener: () => void): () => void;
}

export function createReauthPrompt(epochs: Epochs): ReauthPrompt {
  const listeners = new Set<() => void>();
  let open: OpenPrompt | null = null;
  let answer: Promise<boolean> | null = null;
  let proofs = 0;

  function show(next: OpenPrompt | null) {
    open = next;
    for (const listener of listeners) listener();
  }

  function begin(resolve: (isProven: boolean) => void) {
    const epoch = epochs.current();
    const decline = () => settle(false);
    function settle(isProven: boolean) {
      // Answered already; another prompt may be open by now.
      if (open?.answer !== settle) return;
      epoch.removeEventListener("abort", decline);
      answer = null;
      if (isProven) proofs += 1;
      show(null);
      resolve(isProven);
    }
    epoch.addEventListener("abort", decline);
    show({ answer: settle });
  }

  return {
    proofs: () => proofs,
    canAsk: () => listeners.size > 0,
    ask(proofsBefore) {
      if (proofs !== proofsBefore) return Promise.resolve(true);
      answer ??= new Promise(begin);
      return answer;
    },
    current: () => open,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) open?.answer(false);
      };
    },
  };
}
