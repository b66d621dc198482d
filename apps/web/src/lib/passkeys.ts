import type { PasskeyAssertion, PasskeyAttestation } from "@yumroad/contract";

/** Why a passkey could not be used or made, in words for the person in front of the page. */
export class PasskeyError extends Error {
  override readonly name = "PasskeyError";
}

/** What the server gives for the browser; it is handed on unread. */
interface Options {
  challenge: string;
}

/** Whether this browser can use passkeys here: it has to know them, and the page has to be served securely. */
export function canUsePasskeys(): boolean {
  return typeof globalThis.PublicKeyCredential === "function";
}

/** Has the browser ask for a passkey. Throws a `PasskeyError` when nothing comes of it. */
export async function askForPasskey(options: Options): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  try {
    return (await startAuthentication({ optionsJSON: options })) as PasskeyAssertion;
  } catch (error) {
    throw asOurs(error, "That passkey could not be used.");
  }
}

/** Whether the browser can offer passkeys among what it fills into a field. */
export async function canOfferPasskeys(): Promise<boolean> {
  if (!canUsePasskeys() || typeof PublicKeyCredential.isConditionalMediationAvailable !== "function") return false;
  return PublicKeyCredential.isConditionalMediationAvailable();
}

/**
 * Has the browser offer passkeys among what it fills into the field that says so, until one is chosen or the signal
 * aborts. Null when nothing came of it: nobody has asked for it, so nobody is told.
 */
export async function offerPasskeys(options: Options, signal: AbortSignal): Promise<PasskeyAssertion | null> {
  const { startAuthentication, WebAuthnAbortService } = await import("@simplewebauthn/browser");
  const withdraw = () => WebAuthnAbortService.cancelCeremony();
  // From the moment it is over, what would be withdrawn is somebody else's question: there is one at a time.
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

/** Has the browser make a passkey. Throws a `PasskeyError` when nothing comes of it. */
export async function makePasskey(options: Options): Promise<PasskeyAttestation> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  try {
    // What it needs is in there: the server made it with the other half of the same library.
    const optionsJSON = options as Parameters<typeof startRegistration>[0]["optionsJSON"];
    return (await startRegistration({ optionsJSON })) as PasskeyAttestation;
  } catch (error) {
    throw asOurs(error, "The passkey could not be made.");
  }
}

function asOurs(error: unknown, text: string): PasskeyError {
  const name = error instanceof Error ? error.name : "";
  // Browsers say the same of a person who declines, and of one who took too long, so that no page can tell.
  if (name === "NotAllowedError" || name === "AbortError") {
    return new PasskeyError("The browser’s question was closed, or took too long. You can try again.", {
      cause: error,
    });
  }
  if (name === "SecurityError" || name === "NotSupportedError") {
    return new PasskeyError("Passkeys can’t be used here: at this address, or with this device.", { cause: error });
  }
  if (name === "InvalidStateError")
    return new PasskeyError("There is a passkey for your account on that device already.", { cause: error });
  return new PasskeyError(text, { cause: error });
}
