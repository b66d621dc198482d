import type { EndpointName } from "@yumroad/contract";
import { whoIs } from "../../test-app.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interaction, type Interactions, untilLimited } from "../interaction.ts";
import { seller } from "./products.ts";

const REASON = { reason: "It is not the seller’s own work" };

/** A store with one product: the parameters of the endpoints that take them down. */
async function target(fixtures: Fixtures) {
  const { client, slug } = await seller(fixtures);
  const handle = (await whoIs(client))?.store?.handle ?? "";
  return { handle, slug };
}

/** Opens a store with one product, at a time of its own: the newest come first. Returns its handle. */
async function openNamed({ newUser, clock }: Fixtures, name: string): Promise<string> {
  clock.advance("1s");
  const { client } = await newUser();
  await client.patch("/api/me/store", { json: { name } });
  await client.post("/api/products", { json: { name: "Paper dial", price: { amount: 100, currency: "EUR" } } });
  return (await whoIs(client))?.store?.handle ?? "";
}

const takingDown =
  (name: "handle" | "slug"): Interaction =>
  async (fixtures, ask) => {
    const params = { [name]: (await target(fixtures))[name] };
    return ask(fixtures.operatorBystander.client, { params, json: REASON });
  };

const puttingBack =
  (name: "handle" | "slug"): Interaction =>
  async (fixtures, ask) => {
    const thing = (await target(fixtures))[name];
    const { client } = fixtures.operatorBystander;
    const path = `/api/operator/${name === "slug" ? "products" : "stores"}/${thing}/take-down`;
    await client.post(path, { json: REASON });
    return ask(client, { params: { [name]: thing } });
  };

const takingDownTooMany =
  (name: "handle" | "slug"): Interaction =>
  async (fixtures, ask) => {
    const client = fixtures.clientAt(await fixtures.newOperator(), fixtures.exhausted);
    const params = { [name]: (await target(fixtures))[name] };
    return untilLimited(() => ask(client, { params, json: REASON }));
  };

export const takeDownInteractions = {
  "operator.listStores": {
    async success(fixtures, ask) {
      const { client } = fixtures.operatorBystander;
      const handle = await openNamed(fixtures, "Sundials of Ada");
      await client.post(`/api/operator/stores/${handle}/take-down`, { json: REASON });
      await openNamed(fixtures, "Sundials and clocks");
      return ask(client, { query: "?q=sundials" });
    },
    async "success: there is more"(fixtures, ask) {
      for (const name of ["Moondials of Ada", "Moondials and clocks"]) await openNamed(fixtures, name);
      return ask(fixtures.operatorBystander.client, { query: "?q=moondials&limit=1" });
    },
    "success: none is found": (fixtures, ask) => ask(fixtures.operatorBystander.client, { query: "?q=zeppelin" }),
  },

  "operator.takeDownStore": { success: takingDown("handle"), rate_limited: takingDownTooMany("handle") },
  "operator.putBackStore": { success: puttingBack("handle") },
  "operator.listTakenDownProducts": {
    async success(fixtures, ask) {
      const { client } = await fixtures.newOperator(fixtures.gallery);
      await client.post("/api/operator/products/field-notes/take-down", { json: REASON });
      const answer = await ask(client);
      await client.post("/api/operator/products/field-notes/put-back");
      return answer;
    },
    async "success: there is more"(fixtures, ask) {
      for (let count = 0; count < 2; count += 1) {
        fixtures.clock.advance("1s");
        await fixtures.operatorBystander.client.post(
          `/api/operator/products/${(await target(fixtures)).slug}/take-down`,
          { json: REASON },
        );
      }
      return ask(fixtures.operatorBystander.client, { query: "?limit=1" });
    },
    "success: none": ({ lastOperator }, ask) => ask(lastOperator.client),
  },
  "operator.takeDownProduct": { success: takingDown("slug"), rate_limited: takingDownTooMany("slug") },
  "operator.putBackProduct": { success: puttingBack("slug") },
} satisfies Partial<Record<EndpointName, Interactions>>;
