import type { EndpointName, OutboxMail } from "@yumroad/contract";
import { type Plays, untilLimited } from "../play.ts";
import type { Stage } from "../stage.ts";
import { proving, toBeDeleted } from "./accounts.ts";

/** The place behind the oldest mail. */
const AFTER_ALL = Buffer.from("00000000-0000-7000-8000-000000000000").toString("base64url");

/** A browser on the demo's machine, where two mails are in the tray. */
async function atTheTray({ demo, someone, visitor }: Stage) {
  const client = visitor(demo);
  const { json } = await client.get<{ items: OutboxMail[] }>("/api/outbox");
  for (let { length } = json.items; length < 2; length += 1) await someone(demo);
  return client;
}

export const servicePlays = {
  "privacy.export": {
    success: async (stage, ask) => ask((await stage.someone()).client),
    rate_limited: async (stage, ask) => {
      const client = stage.elsewhere(await stage.someone(), stage.exhausted);
      return untilLimited(() => ask(client));
    },
  },
  "privacy.requestDeletion": {
    success: async (stage, ask) => ask((await stage.someone()).client),
    rate_limited: async (stage, ask) => {
      const person = await stage.someone();
      await ask(stage.elsewhere(person, stage.exhausted));
      // The first one has logged them out.
      return ask(stage.elsewhere(await stage.app.logIn(person, { client: person.client }), stage.exhausted));
    },
  },
  "privacy.undoDeletion": {
    success: async (stage, ask) => ask((await toBeDeleted(stage)).client),
    "success: its address is proven": async (stage, ask) =>
      ask((await proving(stage, await toBeDeleted(stage))).client),
  },

  "shop.get": {
    success: (stage, ask) => ask(stage.visitor()),
    "success: it takes no new accounts": (stage, ask) => ask(stage.visitor(stage.closed)),
    "success: it has no mail": (stage, ask) => ask(stage.visitor(stage.mailless)),
    "success: the local demo": (stage, ask) => ask(stage.visitor(stage.demo)),
  },

  "mail.list": {
    "success: nothing is left": (stage, ask) => ask(stage.visitor(stage.demo), { query: `?cursor=${AFTER_ALL}` }),
    success: async (stage, ask) => ask(await atTheTray(stage)),
    "success: there is more": async (stage, ask) => ask(await atTheTray(stage), { query: "?limit=1" }),
    not_found: (stage, ask) => ask(stage.visitor()),
  },
  "mail.get": {
    success: async (stage, ask) => {
      const client = await atTheTray(stage);
      const { json } = await client.get<{ items: OutboxMail[] }>("/api/outbox");
      return ask(client, { params: { id: json.items[0]?.id ?? "" } });
    },
  },

  "openapi.get": { success: (stage, ask) => ask(stage.visitor()) },
  "health.live": { success: (stage, ask) => ask(stage.visitor()) },
  "health.ready": {
    success: (stage, ask) => ask(stage.visitor()),
    "otherwise 503": (stage, ask) => ask(stage.visitor(stage.cutOff)),
  },
} satisfies Partial<Record<EndpointName, Plays>>;
