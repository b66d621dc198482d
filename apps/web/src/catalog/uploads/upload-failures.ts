import type { Problem } from "@yumroad/contract";
import type { DetailedError } from "tus-js-client";
import { ApiError } from "../../platform/lib/call.ts";
import { explain } from "../../platform/lib/explain.ts";
import { failureWords } from "../../words/failures.ts";

function isDetailed(error: unknown): error is DetailedError {
  return error instanceof Error && "originalResponse" in error;
}

/** The status of the answer that an upload failed with; null: none came. */
export function statusOf(error: unknown): number | null {
  if (error instanceof ApiError) return error.status;
  // A request without an answer can have one of status 0.
  return isDetailed(error) ? error.originalResponse?.getStatus() || null : null;
}

/** True for "too large" that the shop has not said: a proxy in front of it takes smaller bodies only. */
export function isRefusedByProxy(error: DetailedError): boolean {
  const type = error.originalResponse?.getHeader("content-type") ?? "";
  return statusOf(error) === 413 && !type.startsWith("application/problem+json");
}

/** Why an upload has failed. `isCutOff`: no answer came, so that it can go on by itself. */
export function reasonOf(error: unknown): { problem: string; isCutOff: boolean } {
  if (!isDetailed(error)) return { problem: explain(error), isCutOff: false };
  try {
    return { problem: (JSON.parse(error.originalResponse?.getBody() ?? "") as Problem).title, isCutOff: false };
  } catch {
    return { problem: navigator.onLine ? failureWords.unreachable : failureWords.offline, isCutOff: true };
  }
}
