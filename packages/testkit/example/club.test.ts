import { type Client, createClient, defineActors, type Listening, listen } from "@yumroad/testkit";
import { afterEach, beforeEach, test } from "vitest";
import { createClub } from "./club.ts";

const codes = { ada: "1815", bob: "1950", grace: "1906" };

interface Visitor {
  client: Client;
  name: string;
}

let server: Listening;

beforeEach(async () => {
  server = await listen(createClub({ codes, steward: "grace" }));
});
afterEach(() => server.close());

async function comeIn(name: string, code?: string): Promise<Visitor> {
  const client = createClient(server);
  await client.post("/name", { json: { name } });
  if (code) await client.post("/code", { json: { code } });
  return { client, name };
}

async function comeInAndBeShownOut(): Promise<Visitor> {
  const ada = await comeIn("ada", codes.ada);
  const steward = await comeIn("grace", codes.grace);
  await steward.client.post("/show-out", { json: { name: "ada" } });
  return ada;
}

/** The club's answer to a visitor, and its answer to the same name from another browser. */
async function look({ client, name }: Visitor) {
  const { status: club } = await client.get("/club");
  const { status: door } = await createClient(server).post("/name", { json: { name } });
  return { club, door };
}

test("who was shown out, and who owes the code, are told from a member and a stranger", async () => {
  const sees = (expected: object) => async (person: Visitor) => ({ seen: await look(person), expected });
  const actors = defineActors({
    disabled: { make: comeInAndBeShownOut, proof: sees({ club: 401, door: 403 }) },
    pending: { make: () => comeIn("bob"), proof: sees({ club: 403, door: 204 }) },
    owner: { make: () => comeIn("bob", codes.bob), proof: sees({ club: 200, door: 204 }) },
    anonymous: { make: () => ({ client: createClient(server), name: "bob" }), proof: sees({ club: 401, door: 204 }) },
  });
  await actors.tellApart(await actors.makeAll());
});
