import type { Endpoint, ProblemCode } from "@yumroad/contract";
import { AbortedError, ApiError } from "../platform/lib/call.ts";
import { type ApiRequest, type Exchange, exchange, type Interceptor, judging } from "../platform/lib/exchange.ts";
import type { ServerClock } from "../platform/lib/server-clock.ts";
import { createEpochs, type Epochs } from "./epochs.ts";
import { createReauthPrompt, type ReauthPrompt } from "./reauth-prompt.ts";
import { createRotations, type Rotations } from "./rotations.ts";
import { createSessionUse, type SessionUse } from "./session-use.ts";

interface Dependencies {
  clock: ServerClock;
  /**
   * Finds out why a request was refused as anonymous, and applies it. Returns whether the user whose request it was is
   * still logged in, according to the server; false if the server can't be reached.
   */
  onUnauthenticated: () => Promise<boolean>;
}

/** The way to the server, and its parts that know about the session. */
export interface Transport {
  exchange: Exchange;
  epochs: Epochs;
  rotations: Rotations;
  prompt: ReauthPrompt;
  use: SessionUse;
}

export function createTransport({ clock, onUnauthenticated }: Dependencies): Transport {
  const epochs = createEpochs();
  const rotations = createRotations();
  const prompt = createReauthPrompt(epochs);
  const use = createSessionUse();
  // From the outermost to the innermost.
  const interceptors = [
    inEpoch(epochs),
    repeatingOnce([ifRotated(rotations), ifStillLoggedIn(onUnauthenticated), ifReauthenticated(prompt)]),
    duringRotation(rotations),
    judging,
    noting(clock, use),
  ];
  return {
    exchange: interceptors.reduceRight<Exchange>((next, interceptor) => interceptor(next), exchange),
    epochs,
    rotations,
    prompt,
    use,
  };
}

/** Drops what belongs to an earlier epoch: requests are aborted, and an answer or a refusal becomes an `AbortedError`. */
function inEpoch(epochs: Epochs): Interceptor {
  return (next) => async (request) => {
    const epoch = epochs.current();
    const { signal } = request.input;
    const input = { ...request.input, signal: signal ? AbortSignal.any([signal, epoch]) : epoch };
    const [outcome] = await Promise.allSettled([next({ ...request, input })]);
    // Another user is logged in by now, or none. `fetch` may return an answer that arrived before the abort.
    if (epoch.aborted) throw new AbortedError();
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  };
}

/**
 * A refusal that was about the session. `watch` is called before the request is sent; the returned function, after its
 * refusal, settles the cause and tells whether the request is worth repeating.
 */
interface Remedy {
  code: ProblemCode;
  watch(endpoint: Endpoint): () => Promise<boolean>;
}

/** Repeats a refused request when a remedy has settled the cause. A second refusal is final. */
function repeatingOnce(remedies: readonly Remedy[]): Interceptor {
  return (next) => async (request) => {
    const watched = remedies.map(({ code, watch }) => ({ code, settle: watch(request.endpoint) }));
    try {
      return await next(request);
    } catch (error) {
      const isCause = ({ code }: { code: ProblemCode }) => error instanceof ApiError && error.code === code;
      for (const { settle } of watched.filter(isCause)) {
        if (await settle()) return repeat(next, request);
      }
      throw error;
    }
  };
}

function repeat(next: Exchange, request: ApiRequest) {
  if (request.input.signal?.aborted) throw new AbortedError();
  return next(request);
}

/** The id has rotated meanwhile: the refusal says nothing about the user. */
function ifRotated(rotations: Rotations): Remedy {
  return { code: "unauthenticated", watch: () => rotations.watch() };
}

/**
 * The session continues, though it was refused: another tab has rotated it. A request that rotates it itself may have
 * succeeded and then been overtaken, so it is not repeated.
 */
function ifStillLoggedIn(onUnauthenticated: () => Promise<boolean>): Remedy {
  return {
    code: "unauthenticated",
    watch:
      ({ method, fresh }) =>
      async () =>
        (await onUnauthenticated()) && (method === "GET" || !fresh),
  };
}

/** The user re-authenticates. A cancelled prompt is not a failure. */
function ifReauthenticated(prompt: ReauthPrompt): Remedy {
  return {
    code: "reauth_required",
    watch() {
      const proofs = prompt.proofs();
      return async () => {
        if (!prompt.canAsk()) return false;
        if (await prompt.ask(proofs)) return true;
        throw new AbortedError();
      };
    },
  };
}

/** Marks requests that may rotate the session. */
function duringRotation(rotations: Rotations): Interceptor {
  return (next) => (request) => {
    const mayRotate = request.endpoint.method !== "GET" && request.endpoint.access !== "public";
    return mayRotate ? rotations.during(() => next(request)) : next(request);
  };
}

/** Learns the server's time, and the use of the session, from the answers of this epoch. */
function noting(clock: ServerClock, use: SessionUse): Interceptor {
  return (next) => async (request) => {
    const answer = await next(request);
    const { endpoint, input } = request;
    if (input.signal?.aborted) return answer;
    clock.note(answer.response);
    if (answer.response.ok && endpoint.access !== "public" && input.query?.passive === undefined) use.note();
    return answer;
  };
}
