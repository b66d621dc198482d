import { inspect, isDeepStrictEqual } from "node:util";

/** What somebody saw who looked at who a person is for the app, and what they have to see. */
export interface Proof {
  seen: unknown;
  expected: unknown;
}

export interface PersonDefinition<Person> {
  /** Makes such a person by real requests, a new one each time. */
  make: () => Person | Promise<Person>;
  /** Looks, by real requests. It may throw instead, as assertions do. */
  proof: (person: Person) => Proof | Promise<Proof>;
}

export interface Persons<People> {
  /** In the order in which they were defined. */
  readonly names: readonly (keyof People & string)[];
  /** A new person of this kind, proven. */
  make<Name extends keyof People & string>(name: Name): Promise<People[Name]>;
  /**
   * One of each kind, in the order of their definition. Each is proven when it is made, and once more when all are
   * there: what makes a later one (a clock that is moved, for one) may spoil an earlier one.
   */
  makeAll(): Promise<People>;
  /** Proves a person again. Throws, with what was seen, when the person is not (or no longer) one of this kind. */
  prove<Name extends keyof People & string>(name: Name, person: People[Name]): Promise<void>;
  /** Tries each proof on everybody else, and throws if one passes: what holds for others as well proves nothing. */
  tellApart(everybody: People): Promise<void>;
}

/**
 * The kinds of people that an app knows, each made by the app's own requests, and each proving what it is. There are
 * the kinds that are defined, by their names, and no others.
 *
 * @example
 * const persons = definePersons({
 *   anonymous: { make: visitor, proof: sees({ account: 401 }) },
 *   owner: { make: () => logIn("ada@example.com"), proof: sees({ account: 200 }) },
 * });
 * const { anonymous, owner } = await persons.makeAll();
 */
export function definePersons<People extends object>(
  definitions: {
    [Name in keyof People]: PersonDefinition<People[Name]>;
  },
): Persons<People> {
  type Name = keyof People & string;
  const names = Object.keys(definitions) as Name[];

  function kindOf<Of extends Name>(name: Of): PersonDefinition<People[Of]> {
    if (!Object.hasOwn(definitions, name)) {
      throw new Error(`No person “${name}” is defined, only: ${names.join(", ")}`);
    }
    return definitions[name];
  }

  async function prove<Of extends Name>(name: Of, person: People[Of]): Promise<void> {
    const fault = await faultOf(kindOf(name), person);
    if (fault) throw new Error(`“${name}” is not what it has to be: ${fault.words}`, { cause: fault.cause });
  }

  async function make<Of extends Name>(name: Of): Promise<People[Of]> {
    const person = await kindOf(name).make();
    await prove(name, person);
    return person;
  }

  return {
    names,
    make,
    prove,
    async makeAll() {
      const everybody: Partial<People> = {};
      for (const name of names) everybody[name] = await make(name);
      for (const name of names) await prove(name, everybody[name] as People[typeof name]);
      return everybody as People;
    },
    async tellApart(everybody) {
      for (const name of names) {
        for (const other of names.filter((candidate) => candidate !== name)) {
          // Another person may have another shape: then the proof throws, and has told them apart.
          const person = everybody[other] as People[keyof People] as People[typeof name];
          if ((await faultOf(kindOf(name), person)) === null) {
            throw new Error(`The proof of “${name}” holds for “${other}” as well`);
          }
        }
      }
    },
  };
}

interface Fault {
  words: string;
  cause?: unknown;
}

async function faultOf<Person>({ proof }: PersonDefinition<Person>, person: Person): Promise<Fault | null> {
  try {
    const { seen, expected } = await proof(person);
    if (isDeepStrictEqual(seen, expected)) return null;
    return { words: `saw ${inWords(seen)}, expected ${inWords(expected)}` };
  } catch (cause) {
    return { words: cause instanceof Error ? cause.message : String(cause), cause };
  }
}

function inWords(value: unknown): string {
  return inspect(value, { depth: 8, breakLength: Number.POSITIVE_INFINITY });
}
