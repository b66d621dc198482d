import type { Answer, Endpoint } from "@yumroad/contract";
import { call, type Given } from "../src/platform/lib/call.ts";
import { createQueryClient } from "../src/platform/lib/query-client.ts";
import { createServerClock } from "../src/platform/lib/server-clock.ts";
import { createTransport } from "../src/session/transport.ts";

let revalidateSession = async () => false;
const { exchange, epochs, prompt } = createTransport({
  clock: createServerClock(),
  onUnauthenticated: () => revalidateSession(),
});
const client = createTestQueryClient(() => {});

/** A query client that belongs to no app. */
export function createTestQueryClient(onUnauthenticated: () => void) {
  return createQueryClient({ exchange, onUnauthenticated });
}

/** Calls an endpoint by a transport that belongs to no app. */
export function callWithoutApp<E extends Endpoint>(endpoint: E, ...given: Given<E>): Promise<Answer<E>> {
  return call(client, endpoint, ...given);
}

export const { begin: beginEpoch } = epochs;
export const { current: openReauthPrompt, subscribe: subscribeToReauthPrompt } = prompt;

/** Answers in the place of the session keeper; the returned function ends that. */
export function onUnauthenticated(revalidate: () => Promise<boolean>): () => void {
  revalidateSession = revalidate;
  return () => {
    revalidateSession = async () => false;
  };
}
