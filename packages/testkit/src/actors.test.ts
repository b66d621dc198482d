import { expect, test } from "vitest";
import { defineActors } from "./actors.ts";

/** An app that knows the role of each name, and can be told to forget it. */
function createFakeApp() {
  const known = new Map<string, string>();
  let number = 0;
  const make = (role: string) => () => {
    number += 1;
    const name = `${role}-${number}`;
    known.set(name, role);
    return { name };
  };
  const proof = (expected: string) => async (person: { name: string }) => ({
    seen: { role: known.get(person.name) ?? null },
    expected: { role: expected },
  });
  return { known, make, proof };
}

test("makes a new person each time, proven", async () => {
  const { make, proof } = createFakeApp();
  const actors = defineActors({
    owner: { make: make("owner"), proof: proof("owner") },
    anonymous: { make: async () => ({ name: "nobody", isAnonymous: true }), proof: () => ({ seen: 1, expected: 1 }) },
  });
  const [one, two] = [await actors.make("owner"), await actors.make("owner")];
  expect([one.name, two.name]).toEqual(["owner-1", "owner-2"]);
  const { isAnonymous } = await actors.make("anonymous");
  expect(isAnonymous).toBe(true);
  expect(actors.names).toEqual(["owner", "anonymous"]);
});

test("one that is not what it has to be is never handed over, and it is told what was seen", async () => {
  const { make, proof } = createFakeApp();
  const actors = defineActors({ owner: { make: make("stranger"), proof: proof("owner") } });
  const words = "“owner” is not what it has to be: saw { role: 'stranger' }, expected { role: 'owner' }";
  await expect(actors.make("owner")).rejects.toThrow(words);
  await expect(actors.makeAll()).rejects.toThrow(words);
});

test("a proof may throw, as assertions do", async () => {
  const actors = defineActors({
    owner: {
      make: () => "ada",
      proof: (name: string) => {
        expect(name).toBe("bob");
        return { seen: name, expected: name };
      },
    },
  });
  await expect(actors.make("owner")).rejects.toThrow(/“owner” is not what it has to be: expected 'ada' to be 'bob'/);
});

test("proves again when asked to", async () => {
  const { known, make, proof } = createFakeApp();
  const actors = defineActors({ owner: { make: make("owner"), proof: proof("owner") } });
  const owner = await actors.make("owner");
  await actors.prove("owner", owner);
  known.clear();
  await expect(actors.prove("owner", owner)).rejects.toThrow("saw { role: null }");
});

test("makes all in their order, and notices when one spoils another", async () => {
  const { known, make, proof } = createFakeApp();
  const owner = { make: make("owner"), proof: proof("owner") };
  const all = defineActors({ owner, other: { make: make("other"), proof: proof("other") } });
  expect(await all.makeAll()).toEqual({ owner: { name: "owner-1" }, other: { name: "other-2" } });

  function makeSpoiling() {
    known.clear();
    return make("other")();
  }
  const spoiling = defineActors({ owner, other: { make: makeSpoiling, proof: proof("other") } });
  await expect(spoiling.makeAll()).rejects.toThrow("“owner” is not what it has to be: saw { role: null }");
});

test("a proof that holds for somebody else is no proof", async () => {
  const { make, proof } = createFakeApp();
  const owner = { make: make("owner"), proof: proof("owner") };
  const told = defineActors({ owner, other: { make: make("other"), proof: proof("other") } });
  await told.tellApart(await told.makeAll());
  const lazy = defineActors({ owner, other: { make: make("other"), proof: () => ({ seen: true, expected: true }) } });
  await expect(lazy.tellApart(await lazy.makeAll())).rejects.toThrow("The proof of “other” holds for “owner” as well");
});

test("there are the persons that are defined, and no others", async () => {
  const { make, proof } = createFakeApp();
  const actors = defineActors({ owner: { make: make("owner"), proof: proof("owner") } });
  // @ts-expect-error: this app defines no `pending` actor
  const making = actors.make("pending");
  await expect(making).rejects.toThrow("No actor “pending” is defined, only: owner");
  // @ts-expect-error: inherited property names are no actors either
  await expect(actors.make("toString")).rejects.toThrow("No actor “toString” is defined");
  const owner = await actors.make("owner");
  // @ts-expect-error: the type of the actor is the return type of `make`
  expect(owner.shoeSize).toBeUndefined();
});
