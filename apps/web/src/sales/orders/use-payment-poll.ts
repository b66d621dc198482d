import { useEffect, useState } from "react";
import { ApiError } from "../../platform/lib/call.ts";
import { useCheckOrder } from "./api.ts";

/** Seconds before each check. A payment that has not arrived by then takes hours or days. */
const PAUSES = [1, 2, 4, 8, 16, 30, 30, 30, 30, 30];

/** Checks an order on its own, less and less often, until the checks are used up. Returns whether it still does. */
export function usePaymentPoll(ref: string): { isPolling: boolean } {
  const [checks, setChecks] = useState(0);
  const { mutateAsync: check } = useCheckOrder(ref);
  const pause = PAUSES[checks];
  useEffect(() => {
    if (pause === undefined) return;
    const timer = setTimeout(async () => {
      const isRefused = await check().then(
        () => false,
        // A refusal, such as of too many checks, is final. Without an answer, the next check may get one.
        (error: unknown) => error instanceof ApiError && error.status < 500,
      );
      setChecks((last) => (isRefused ? PAUSES.length : last + 1));
    }, pause * 1000);
    return () => clearTimeout(timer);
  }, [pause, checks, check]);
  return { isPolling: pause !== undefined };
}
