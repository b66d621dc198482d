import type { Epochs } from "../session/epochs.ts";

/**
 * The email typed on one account page, for the others. It stays in memory: in an address it would be copied and sent to
 * the server, and in the history the next user of the browser would find it. It is forgotten when the user changes.
 */
export interface CarriedEmail {
  get(): string;
  set(email: string): void;
}

export function createCarriedEmail(epochs: Pick<Epochs, "current">): CarriedEmail {
  let kept = { email: "", epoch: epochs.current() };
  return {
    get: () => (kept.epoch === epochs.current() ? kept.email : ""),
    set(email) {
      kept = { email, epoch: epochs.current() };
    },
  };
}
