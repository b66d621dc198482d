import type { EndpointName, StoreChange } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";
import { type Person, whoIs } from "../../test-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interaction, type Interactions, untilLimited } from "../interaction.ts";
import { archivist, secondPage } from "./products.ts";

const STORE: StoreChange = {
  name: "Paper & Sun",
  bio: "Things to **fold**.",
  legalName: "Ada Lovelace",
  legalAddress: "12 St James’s Square\nLondon",
  contactEmail: "ada@example.com",
};

const PAYMENTS = { payInstructions: "Send it to\nIBAN DE02 1203 0000 0000 2020 51" };

async function change(client: Client, json: StoreChange): Promise<void> {
  const answer = await client.patch("/api/me/store", { json });
  if (answer.status !== 200) throw new Error(`The store’s change answered ${answer.status}: ${answer.text}`);
}

const handleOf = async ({ client }: Pick<Person, "client">) => (await whoIs(client))?.store?.handle ?? "";

let handles = 0;

/** A handle that nobody has, with a number that `normalise` removes. */
function newHandle(): string {
  handles += 1;
  return `paper-moon-${String(handles).padStart(6, "0")}`;
}

/** Somebody changes their store. */
const changing =
  (make: (fixtures: Fixtures) => StoreChange | Promise<StoreChange>): Interaction =>
  async (fixtures, ask) =>
    ask((await fixtures.newUser()).client, { json: await make(fixtures) });

export const storeInteractions = {
  "stores.get": {
    success: async (fixtures, ask) => {
      const client = fixtures.visitor(fixtures.gallery);
      const query = await secondPage(client, "/api/stores/ada-lovelace");
      return ask(client, { params: { handle: "ada-lovelace" }, query });
    },
    "success: there is more": (fixtures, ask) =>
      ask(fixtures.visitor(fixtures.gallery), { params: { handle: "ada-lovelace" }, query: "?limit=2" }),
    "success: with legal information": async (fixtures, ask) => {
      const person = await archivist(fixtures);
      await change(person.client, STORE);
      return ask(fixtures.visitor(), { params: { handle: await handleOf(person) } });
    },
    "success: nothing is for sale": async (fixtures, ask) =>
      ask(fixtures.visitor(), { params: { handle: await handleOf(await archivist(fixtures)) } }),
  },

  "stores.getOwn": {
    success: async (fixtures, ask) => {
      const { client } = await fixtures.newUser();
      await change(client, STORE);
      return ask(client);
    },
    "success: just opened": async (fixtures, ask) => ask((await fixtures.newUser()).client),
    "success: with a former handle": async (fixtures, ask) => {
      const { client } = await fixtures.newUser();
      await change(client, { handle: newHandle() });
      return ask(client);
    },
    "success: taken down": async (fixtures, ask) => {
      const person = await fixtures.newUser();
      const path = `/api/operator/stores/${await handleOf(person)}/take-down`;
      await fixtures.operatorBystander.client.post(path, { json: { reason: "It sells what is not the seller’s" } });
      return ask(person.client);
    },
    not_found: async ({ ownStore, newOperator }, ask) => ask((await newOperator(ownStore)).client),
  },

  "stores.changeOwn": {
    success: changing(() => STORE),
    "success: a new handle": changing(() => ({ handle: newHandle() })),
    not_found: async ({ ownStore, newOperator }, ask) =>
      ask((await newOperator(ownStore)).client, { json: { name: "Paper & Sun" } }),
    handle_taken: changing(async (fixtures) => ({ handle: await handleOf(await fixtures.newUser()) })),
    "invalid_input: a reserved handle": changing(() => ({ handle: "admin" })),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: { bio: "Things to fold" } }));
    },
    "rate_limited: the handle": async (fixtures, ask) => {
      const { client } = await fixtures.newUser(fixtures.mailless);
      for (let changes = 0; changes < 3; changes += 1) await change(client, { handle: newHandle() });
      return ask(client, { json: { handle: newHandle() } });
    },
  },

  "stores.changePayments": {
    success: async (fixtures, ask) => ask((await fixtures.newUser()).client, { json: PAYMENTS }),
    "success: a dispute ends access": async (fixtures, ask) =>
      ask((await fixtures.newUser()).client, { json: { endsAccessOnDispute: true } }),
    not_found: async ({ ownStore, newOperator }, ask) => ask((await newOperator(ownStore)).client, { json: PAYMENTS }),
    rate_limited: async (fixtures, ask) => {
      const client = fixtures.clientAt(await fixtures.newUser(), fixtures.exhausted);
      return untilLimited(() => ask(client, { json: PAYMENTS }));
    },
  },
} satisfies Partial<Record<EndpointName, Interactions>>;
