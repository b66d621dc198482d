import { ApiError, NetworkError } from "./call.ts";
import { formatWait } from "./format.ts";
import { PasskeyError } from "./passkeys.ts";

/** The failure in words for the user. */
export function explain(error: unknown): string {
  if (error instanceof NetworkError) {
    return navigator.onLine
      ? "The server can’t be reached. Nothing is lost: try again in a moment."
      : "You are offline. Nothing is lost: try again when you are back.";
  }
  if (error instanceof PasskeyError) return error.message;
  if (!(error instanceof ApiError)) return "Something went wrong. Nothing is lost: try again in a moment.";
  const when = error.retryAfterSeconds === null ? "in a moment" : formatWait(error.retryAfterSeconds);
  switch (error.code) {
    case "rate_limited":
      return `${error.detail ?? "Too many tries"}. Try again ${when}.`;
    case "session_store_unavailable":
      return `Log-ins can’t be checked right now. Nothing is lost: try again ${when}.`;
    case "payments_unavailable":
      return `The payment provider can’t be reached right now. Try again ${when}.`;
    case "overloaded":
      return `There is too much to do at once right now. Nothing is lost: try again ${when}.`;
    case "internal_error":
      return `Something went wrong on our side (${error.requestId}). Nothing is lost: try again in a moment.`;
    default:
      return error.detail ?? error.message;
  }
}
