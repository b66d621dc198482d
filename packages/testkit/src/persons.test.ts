import { expect, test } from "vitest";
import { definePersons } from "./persons.ts";

/** An app that knows who is who by their name, and can be told to forget. */
function stage() {
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
  const { make, proof } = stage();
  const persons = definePersons({
    owner: { make: make("owner"), proof: proof("owner") },
    anonymous: { make: async () => ({ name: "nobody", isAnonymous: true }), proof: () => ({ seen: 1, expected: 1 }) },
  });
  const [one, two] = [await persons.make("owner"), await persons.make("owner")];
  expect([one.name, two.name]).toEqual(["owner-1", "owner-2"]);
  const { isAnonymous } = await persons.make("anonymous");
  expect(isAnonymous).toBe(true);
  expect(persons.names).toEqual(["owner", "anonymous"]);
});

test("one that is not what it has to be is never handed over, and it is told what was seen", async () => {
  const { make, proof } = stage();
  const persons = definePersons({ owner: { make: make("stranger"), proof: proof("owner") } });
  const words = "“owner” is not what it has to be: saw { role: 'stranger' }, expected { role: 'owner' }";
  await expect(persons.make("owner")).rejects.toThrow(words);
  await expect(persons.makeAll()).rejects.toThrow(words);
});

test("a proof may throw, as assertions do", async () => {
  const persons = definePersons({
    owner: {
      make: () => "ada",
      proof: (name: string) => {
        expect(name).toBe("bob");
        return { seen: name, expected: name };
      },
    },
  });
  await expect(persons.make("owner")).rejects.toThrow(/“owner” is not what it has to be: expected 'ada' to be 'bob'/);
});

test("proves again when asked to", async () => {
  const { known, make, proof } = stage();
  const persons = definePersons({ owner: { make: make("owner"), proof: proof("owner") } });
  const owner = await persons.make("owner");
  await persons.prove("owner", owner);
  known.clear();
  await expect(persons.prove("owner", owner)).rejects.toThrow("saw { role: null }");
});

test("makes all in their order, and notices when one spoils another", async () => {
  const { known, make, proof } = stage();
  const owner = { make: make("owner"), proof: proof("owner") };
  const all = definePersons({ owner, other: { make: make("other"), proof: proof("other") } });
  expect(await all.makeAll()).toEqual({ owner: { name: "owner-1" }, other: { name: "other-2" } });

  function makeWhatSpoils() {
    known.clear();
    return make("other")();
  }
  const spoiling = definePersons({ owner, other: { make: makeWhatSpoils, proof: proof("other") } });
  await expect(spoiling.makeAll()).rejects.toThrow("“owner” is not what it has to be: saw { role: null }");
});

test("a proof that holds for somebody else is no proof", async () => {
  const { make, proof } = stage();
  const owner = { make: make("owner"), proof: proof("owner") };
  const told = definePersons({ owner, other: { make: make("other"), proof: proof("other") } });
  await told.tellApart(await told.makeAll());
  const lazy = definePersons({ owner, other: { make: make("other"), proof: () => ({ seen: true, expected: true }) } });
  await expect(lazy.tellApart(await lazy.makeAll())).rejects.toThrow("The proof of “other” holds for “owner” as well");
});

test("there are the persons that are defined, and no others", async () => {
  const { make, proof } = stage();
  const persons = definePersons({ owner: { make: make("owner"), proof: proof("owner") } });
  // @ts-expect-error: this app has no half-authenticated people
  const making = persons.make("halfAuthenticated");
  await expect(making).rejects.toThrow("No person “halfAuthenticated” is defined, only: owner");
  // @ts-expect-error: nor is there one under this name by inheritance
  await expect(persons.make("toString")).rejects.toThrow("No person “toString” is defined");
  const owner = await persons.make("owner");
  // @ts-expect-error: what is made has the type of what `make` made
  expect(owner.shoeSize).toBeUndefined();
});
