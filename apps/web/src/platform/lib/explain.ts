import { failureWords as words } from "../../words/failures.ts";
import { ApiError, NetworkError } from "./call.ts";
import { formatWait } from "./format.ts";
import { PasskeyError } from "./passkeys.ts";

/** The failure in words for the user. */
export function explain(error: unknown): string {
  if (error instanceof NetworkError) {
    return navigator.onLine ? words.unreachable : words.offline;
  }
  if (error instanceof PasskeyError) return error.message;
  if (!(error instanceof ApiError)) return words.unexpected;
  const when = error.retryAfterSeconds === null ? words.soon : formatWait(error.retryAfterSeconds);
  switch (error.code) {
    case "rate_limited":
      return words.tryAgain(error.detail ?? words.tooMany, when);
    case "session_store_unavailable":
      return words.sessionsUnavailable(when);
    case "payments_unavailable":
      return words.paymentsUnavailable(when);
    case "overloaded":
      return words.overloaded(when);
    case "internal_error":
      return words.internal(error.requestId);
    default:
      return error.detail ?? error.message;
  }
}
