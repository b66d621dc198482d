import type { PasskeyAssertion, PasskeyAttestation } from "@yumroad/contract";
import { failureWords } from "../../words/failures.ts";

const words = failureWords.passkey;

/** The reason why a passkey could not be used or made, in words for the user. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";
}

/** The server's options for the browser; passed on unread. */
interface Options {
  challenge: string;
}

/** True if this browser supports passkeys and the page is served securely. */
export function canUsePasskeys(): boolean {
  return typeof globalThis.PublicKeyCredential === "function";
}

/** Makes the browser ask for a passkey. Throws a `PasskeyError` on failure. */
export async function askForPasskey(options: Options): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  try {
    return (await startAuthentication({ optionsJSON: options })) as PasskeyAssertion;
  } catch (error) {
    throw asOurs(error, words.notUsed);
  }
}

/** True if the browser can offer passkeys in its autofill list. */
export async function canOfferPasskeys(): Promise<boolean> {
  if (!canUsePasskeys() || typeof PublicKeyCredential.isConditionalMediationAvailable !== "function") return false;
  return PublicKeyCredential.isConditionalMediationAvailable();
}

/**
 * Makes the browser offer passkeys in the autofill of the marked field, until one is chosen or the signal aborts.
 * Returns null on failure, because the user did not ask for it.
 */
export async function offerPasskeys(options: Options, signal: AbortSignal): Promise<PasskeyAssertion | null> {
  const { startAuthentication, WebAuthnAbortService } = await import("@simplewebauthn/browser");
  const withdraw = () => WebAuthnAbortService.cancelCeremony();
  // Removed when the offer is over: there is one passkey request at a time, and withdrawing would cancel another one.
  signal.addEventListener("abort", withdraw);
  try {
    if (signal.aborted) return null;
    const passkey = await startAuthentication({ optionsJSON: options, useBrowserAutofill: true });
    return signal.aborted ? null : (passkey as PasskeyAssertion);
  } catch {
    return null;
  } finally {
    signal.removeEventListener("abort", withdraw);
  }
}

/** Makes the browser create a passkey. Throws a `PasskeyError` on failure. */
export async function makePasskey(options: Options): Promise<PasskeyAttestation> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  try {
    // The required fields are there: the server made the options with the matching library.
    const optionsJSON = options as Parameters<typeof startRegistration>[0]["optionsJSON"];
    return (await startRegistration({ optionsJSON })) as PasskeyAttestation;
  } catch (error) {
    throw asOurs(error, words.notMade);
  }
}

function asOurs(error: unknown, text: string): PasskeyError {
  const name = error instanceof Error ? error.name : "";
  // Browsers report a refusal and a timeout alike, so that no page can tell them apart.
  if (name === "NotAllowedError" || name === "AbortError") {
    return new PasskeyError(words.closed, { cause: error });
  }
  if (name === "SecurityError" || name === "NotSupportedError") {
    return new PasskeyError(words.notHere, { cause: error });
  }
  if (name === "InvalidStateError") return new PasskeyError(words.isThere, { cause: error });
  return new PasskeyError(text, { cause: error });
}
