import { vi } from "vitest";

const buffer = (text: string) => new TextEncoder().encode(text).buffer;

/** What a browser hands over: of one that was used and of one that was made, the bytes of these words. */
export const usedPasskey = {
  id: "cGFzc2tleQ",
  rawId: buffer("passkey"),
  type: "public-key",
  response: {
    clientDataJSON: buffer("{}"),
    authenticatorData: buffer("data"),
    signature: buffer("signature"),
    userHandle: buffer("user-a"),
  },
  getClientExtensionResults: () => ({}),
};

export const madePasskey = {
  id: "cGFzc2tleQ",
  rawId: buffer("passkey"),
  type: "public-key",
  response: { clientDataJSON: buffer("{}"), attestationObject: buffer("attestation") },
  getClientExtensionResults: () => ({}),
};

/** Why a browser did not: the name of its error. `NotAllowedError` is a person who closed its dialog. */
export function failing(name: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(name), { name }));
}

/** What a browser is asked with. `conditional`: to offer passkeys among what it fills in, instead of asking by itself. */
interface Question {
  publicKey: Record<string, unknown>;
  mediation?: "conditional";
  signal: AbortSignal;
}

/**
 * A browser that knows passkeys, and answers in turn. Gives back what it was asked. Ends with the test (see setup.ts).
 */
export function knowPasskeys(...answers: (() => Promise<unknown>)[]): Question[] {
  return stubPasskeys(class {}, () => (answers.shift() ?? failing("NotAllowedError"))());
}

/**
 * The same for a browser that offers passkeys among what it fills in as well. Gives back what it was asked to offer,
 * each with how to choose, and what it was asked by itself.
 */
export function offerPasskeys(...answers: (() => Promise<unknown>)[]) {
  const offers: (Question & { choose(): void })[] = [];
  const credential = Object.assign(class {}, { isConditionalMediationAvailable: () => Promise.resolve(true) });
  const asked = stubPasskeys(credential, (question) => {
    if (question.mediation !== "conditional") return (answers.shift() ?? failing("NotAllowedError"))();
    return new Promise((resolve, reject) => {
      offers.push({ ...question, choose: () => resolve(usedPasskey) });
      question.signal.addEventListener("abort", () => reject(question.signal.reason));
    });
  });
  return { offers, asked };
}

function stubPasskeys(credential: unknown, answer: (question: Question) => Promise<unknown>): Question[] {
  const asked: Question[] = [];
  function ask(question: Question) {
    asked.push(question);
    return answer(question);
  }
  vi.stubGlobal("PublicKeyCredential", credential);
  Object.defineProperty(navigator, "credentials", { configurable: true, value: { get: ask, create: ask } });
  return asked;
}
