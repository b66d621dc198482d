import { catalogue } from "./catalogue.ts";

export const failureWords = catalogue({
  unreachable: "The server can’t be reached. Nothing is lost: try again in a moment.",
  offline: "You’re offline. Nothing is lost: try again when you’re back online.",
  unexpected: "Something went wrong. Nothing is lost: try again in a moment.",
  soon: "in a moment",
  tooMany: "Too many attempts",
  tryAgain: (reason: string, when: string) => `${reason}. Try again ${when}.`,
  sessionsUnavailable: (when: string) => `We can’t verify log-ins right now. Nothing is lost: try again ${when}.`,
  paymentsUnavailable: (when: string) => `The payment provider can’t be reached right now. Try again ${when}.`,
  overloaded: (when: string) => `The server is busy. Nothing is lost: try again ${when}.`,
  internal: (requestId: string) =>
    `Something went wrong on our side (${requestId}). Nothing is lost: try again in a moment.`,
  ofAction: (text: string, reason: string) => `${text}. ${reason}`,
  passkey: {
    notUsed: "Your passkey couldn’t be used.",
    notMade: "The passkey couldn’t be created.",
    // Browsers report a refusal and a timeout alike.
    closed: "The browser’s question was closed, or took too long. You can try again.",
    notHere: "Passkeys can’t be used here: at this address, or with this device.",
    isThere: "Your account already has a passkey on that device.",
  },
});
