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

/**
 * A browser that knows passkeys, and answers in turn. Gives back what it was asked. Undone by `vi.unstubAllGlobals()`.
 */
export function knowPasskeys(...answers: (() => Promise<unknown>)[]): { publicKey: Record<string, unknown> }[] {
  const asked: { publicKey: Record<string, unknown> }[] = [];
  function answer(options: { publicKey: Record<string, unknown> }) {
    asked.push(options);
    return (answers.shift() ?? failing("NotAllowedError"))();
  }
  vi.stubGlobal("PublicKeyCredential", class {});
  Object.defineProperty(navigator, "credentials", {
    configurable: true,
    value: { get: answer, create: answer },
  });
  return asked;
}
