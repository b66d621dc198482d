import { median } from "@yumroad/testkit";
import { type Request, timesOf } from "./load.ts";

interface Question {
  /** A request about an account that exists, or about one that does not. */
  ask: (email: string, number: number) => Request;
  status: number;
}

interface EnumerationTiming {
  known: number;
  unknown: number;
}

/**
 * Measures the timing of answers that must not reveal whether an account exists: equally many known and unknown ones,
 * alternately. Each is asked about once, from its own IP address, so that no limit is reached.
 */
export async function measureEnumerationTiming(
  emails: readonly string[],
  { ask, status }: Question,
): Promise<EnumerationTiming> {
  const known: number[] = [];
  const unknown: number[] = [];
  for (const [number, email] of emails.entries()) {
    const turns = [
      { times: known, request: ask(email, 2 * number) },
      { times: unknown, request: ask(`nobody-${email}`, 2 * number + 1) },
    ];
    for (const { times, request } of number % 2 === 0 ? turns : turns.toReversed()) {
      times.push(...(await timesOf(request, 1, status)));
    }
  }
  return { known: median(known), unknown: median(unknown) };
}
