import { median } from "@yumroad/testkit";
import { type Request, timesOf } from "./load.ts";

interface Question {
  /** Asks about the account of a number: one that is there, or one that is not. */
  ask: (email: string, number: number) => Request;
  status: number;
}

interface Silence {
  known: number;
  unknown: number;
}

/**
 * How long it takes to be told nothing about an account that is there, and about one that is not: as many of one as of
 * the other, in turn. Each is asked about once, from an address of its own, so that no limit is met.
 */
export async function measureSilence(emails: readonly string[], { ask, status }: Question): Promise<Silence> {
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
