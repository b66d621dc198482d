declare global {
  interface Window {
    /** Answers to what the document has asked for while the app was loading, by their addresses (index.html). */
    firstAnswers?: Map<string, Promise<Response>>;
  }
}

/** An older answer is asked for again. */
const FRESH_MS = 10_000;

/**
 * Takes the answer to a request for data that the document has sent already; null: it has not, or the answer was taken.
 * A request that changes something makes all of them worthless.
 */
export function takeFirstAnswer(address: string, method: string): Promise<Response> | null {
  const answers = window.firstAnswers;
  const answer = answers?.get(address) ?? null;
  if (method === "GET") answers?.delete(address);
  else answers?.clear();
  return method === "GET" && performance.now() < FRESH_MS ? answer : null;
}
