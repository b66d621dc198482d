import type { EndpointName, OutboxMail } from "@yumroad/contract";
import type { Fixtures } from "../fixtures.ts";
import { type Interactions, untilLimited, withShop } from "../interaction.ts";
import { toBeDeleted, verifyAddress } from "./accounts.ts";

/** A cursor behind the oldest mail. */
const AFTER_ALL = Buffer.from("00000000-0000-7000-8000-000000000000").toString("base64url");

/** A browser on the demo's machine, with two mails in the tray. */
async function trayBrowser({ demo, newUser, visitor }: Fixtures) {
  // Other recordings leave mails as well.
  await demo.dependencies.database.fork().execute("delete from mails");
  for (let count = 0; count < 2; count += 1) await newUser(demo);
  return visitor(demo);
}

export const serviceInteractions = {
  "privacy.export": {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client));
    },
  },
  "privacy.requestDeletion": {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client),
    last_operator: ({ lastOperator }, ask) => ask(lastOperator.client),
    rate_limited: async (fixtures, ask) => {
      const person = await fixtures.newUser();
      await ask(fixtures.clientAt(person, fixtures.exhausted));
      // The first request has logged the user out.
      return ask(fixtures.clientAt(await fixtures.app.logIn(person, { client: person.client }), fixtures.exhausted));
    },
  },
  "privacy.undoDeletion": {
    success: async (fixtures, ask) => ask((await toBeDeleted(fixtures)).client),
    "success: its address is proven": async (fixtures, ask) =>
      ask((await verifyAddress(fixtures, await toBeDeleted(fixtures))).client),
  },

  "shop.get": {
    success: (fixtures, ask) => ask(fixtures.visitor()),
    "success: it takes no new accounts": (fixtures, ask) => ask(fixtures.visitor(fixtures.closed)),
    "success: it is outside of the EU": (fixtures, ask) => ask(fixtures.visitor(fixtures.outsideOfEu)),
    "success: Stripe sells in its place": (fixtures, ask) => ask(fixtures.visitor(fixtures.managed)),
    "success: it has no mail": (fixtures, ask) => ask(fixtures.visitor(fixtures.mailless)),
    "success: only its operator sells": (fixtures, ask) => ask(fixtures.visitor(fixtures.ownStore)),
    "success: the local demo": (fixtures, ask) => ask(fixtures.visitor(fixtures.demo)),
    "success: its operator has filled everything in": (fixtures, ask) =>
      withShop(fixtures, () => ask(fixtures.visitor())),
  },

  "mail.list": {
    "success: nothing is left": (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.demo), { query: `?cursor=${AFTER_ALL}` }),
    success: async (fixtures, ask) => ask(await trayBrowser(fixtures)),
    "success: there is more": async (fixtures, ask) => ask(await trayBrowser(fixtures), { query: "?limit=1" }),
    not_found: (fixtures, ask) => ask(fixtures.visitor()),
  },
  "mail.get": {
    success: async (fixtures, ask) => {
      const client = await trayBrowser(fixtures);
      const { json } = await client.get<{ items: OutboxMail[] }>("/api/outbox");
      return ask(client, { params: { id: json.items[0]?.id ?? "" } });
    },
  },

  "openapi.get": { success: (fixtures, ask) => ask(fixtures.visitor()) },
  "health.live": { success: (fixtures, ask) => ask(fixtures.visitor()) },
  "health.ready": {
    success: (fixtures, ask) => ask(fixtures.visitor()),
    "otherwise 503": (fixtures, ask) => ask(fixtures.visitor(fixtures.cutOff)),
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
