import type { Sale } from "@yumroad/contract";
import { sold } from "../demo-orders.ts";
import type { Fixtures } from "../fixtures.ts";
import { type Interactions, untilLimited } from "../interaction.ts";

/** A sold order whose buyer has stated that they withdraw. */
async function withdrawn(fixtures: Fixtures, statement = "The pages are torn") {
  const { seller, ref } = await sold(fixtures);
  const { email: contact } = (await seller.get<Sale>(`/api/sales/${ref}`)).json;
  const json = { name: "Grace Hopper", contact, order: ref, statement };
  const made = await fixtures.visitor(fixtures.demo).post<{ ref: string }>("/api/withdrawals", { json });
  await fixtures.demo.dependencies.workers.withdrawals.run();
  return { seller, ref, withdrawal: made.json.ref };
}

const statementOf = (fixtures: Fixtures) => ({ name: "Grace Hopper", contact: fixtures.newEmail("grace") });

/** An operator of a shop, in which somebody has withdrawn from an order that is not found. */
async function strayed(fixtures: Fixtures) {
  const { client } = await fixtures.newOperator(fixtures.demo);
  const json = { ...statementOf(fixtures), order: "0123456789", statement: "The pages are torn" };
  await fixtures.visitor(fixtures.demo).post("/api/withdrawals", { json });
  await fixtures.demo.dependencies.workers.withdrawals.run();
  return client;
}

export const withdrawalInteractions = {
  "operator.listWithdrawals": {
    success: async (fixtures, ask) => ask(await strayed(fixtures), { query: "?limit=1" }),
    "success: none": async (fixtures, ask) => ask((await fixtures.newOperator(fixtures.mailless)).client),
  },

  "withdrawals.make": {
    success: (fixtures, ask) => ask(fixtures.visitor(), { json: { ...statementOf(fixtures), order: "0123456789" } }),
    not_found: (fixtures, ask) => ask(fixtures.visitor(fixtures.outsideOfEu), { json: statementOf(fixtures) }),
    rate_limited: (fixtures, ask) =>
      untilLimited(() => ask(fixtures.visitor(fixtures.exhausted), { json: statementOf(fixtures) })),
  },

  "withdrawals.listOfSale": {
    success: async (fixtures, ask) => {
      const { seller, ref } = await withdrawn(fixtures);
      return ask(seller, { params: { ref } });
    },
    "success: none": async (fixtures, ask) => {
      const { seller, ref } = await sold(fixtures);
      return ask(seller, { params: { ref } });
    },
  },

  "withdrawals.settle": {
    success: async (fixtures, ask) => {
      const { seller, ref, withdrawal } = await withdrawn(fixtures);
      return ask(seller, { params: { ref, withdrawal }, json: { outcome: "handled" } });
    },
    "success: declined": async (fixtures, ask) => {
      const { seller, ref, withdrawal } = await withdrawn(fixtures);
      return ask(seller, { params: { ref, withdrawal }, json: { outcome: "declined" } });
    },
  },
} satisfies Record<string, Interactions>;
