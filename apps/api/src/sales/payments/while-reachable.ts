import { Refusal } from "../../platform/http/problem.ts";
import { ProviderUnavailable } from "./payment-provider.ts";

const RETRY_AFTER_SECONDS = 10;

/** Runs `work`, and returns the refusal `payments_unavailable` if a payment provider can't be reached in it. */
export async function whileReachable<Result>(work: () => Promise<Result>): Promise<Result | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProviderUnavailable)
      return new Refusal("payments_unavailable", { retryAfter: RETRY_AFTER_SECONDS });
    throw error;
  }
}
