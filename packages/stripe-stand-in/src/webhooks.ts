import Stripe from "stripe";
import { idOf } from "./objects.ts";
import { faultOf } from "./schemas.ts";

/** An endpoint that is told of what happens. */
export interface Endpoint {
  url: string;
  secret: string;
  /** Types of events, such as `refund.failed`; "*" are all. */
  events: string[];
  isDisabled?: boolean;
  /** Where the endpoint really listens, if its public address does not lead there. */
  sendTo?: string;
}

export interface SentEvent {
  event: Stripe.Event;
  /** The status of each answer; null: none came. */
  answers: (number | null)[];
}

/** Sends events, signed as Stripe signs them. Nothing is sent while it is silent, and all is kept. */
export interface WebhookSender {
  announce(type: Stripe.Event["type"], object: object): void;
  endpoints: Endpoint[];
  events: SentEvent[];
  setSilent(isSilent: boolean): void;
  /** Sends an event once more, or for the first time. Resolves with the statuses of the answers. */
  send(event: Stripe.Event): Promise<(number | null)[]>;
  /** Resolves once everything that was announced is answered. */
  settled(): Promise<void>;
}

const PATIENCE_MS = 10_000;

export function createWebhookSender({
  isLive,
  now,

  endpoints,
}: {
  isLive: boolean;
  now: () => number;
  endpoints: Endpoint[];
}): WebhookSender {
  const events: SentEvent[] = [];
  const running = new Set<Promise<unknown>>();
  let isSilent = false;

  async function send(event: Stripe.Event): Promise<(number | null)[]> {
    const payload = JSON.stringify(event, null, 2);
    const hears = ({ events, isDisabled }: Endpoint) =>
      !isDisabled && (events.includes("*") || events.includes(event.type));
    const answers = await Promise.all(endpoints.filter(hears).map((endpoint) => post(endpoint, payload, now())));
    events.find((sent) => sent.event.id === event.id)?.answers.push(...answers);
    return answers;
  }

  return {
    endpoints,
    events,
    setSilent: (next) => {
      isSilent = next;
    },
    send,
    announce(type, object) {
      const event = createEvent(type, structuredClone(object), { isLive, now });
      const fault = faultOf("Event", event);
      if (fault) throw new Error(`The stand-in makes an event that Stripe does not: ${fault}`);
      events.push({ event, answers: [] });
      if (isSilent) return;
      const sending = send(event).finally(() => running.delete(sending));
      running.add(sending);
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

function createEvent(
  type: Stripe.Event["type"],
  object: object,
  { isLive, now }: { isLive: boolean; now: () => number },
): Stripe.Event {
  return {
    id: idOf("evt"),
    object: "event",
    api_version: Stripe.API_VERSION,
    created: Math.floor(now() / 1000),
    data: { object },
    livemode: isLive,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  } as Stripe.Event;
}

async function post({ url, sendTo = url, secret }: Endpoint, payload: string, now: number): Promise<number | null> {
  const signature = signWebhook(payload, { secret, now });
  try {
    const answer = await fetch(sendTo, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", "stripe-signature": signature },
      body: payload,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.status;
  } catch {
    return null;
  }
}

/** The header `Stripe-Signature` of a body. */
export function signWebhook(payload: string, { secret, now }: { secret: string; now: number }): string {
  const timestamp = Math.floor(now / 1000);
  return new Stripe("sk_test_of_the_stand_in").webhooks.generateTestHeaderString({ payload, secret, timestamp });
}
