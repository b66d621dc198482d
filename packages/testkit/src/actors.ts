import { inspect, isDeepStrictEqual } from "node:util";

/** The observed and the expected access of an actor. */
export interface Proof {
  seen: unknown;
  expected: unknown;
}

export interface ActorDefinition<Person> {
  /** Creates an actor by real requests, a new one on each call. */
  make: () => Person | Promise<Person>;
  /** Observes the actor's access by real requests. It may also throw, as assertions do. */
  proof: (person: Person) => Proof | Promise<Proof>;
}

export interface Actors<People> {
  /** In the order of definition. */
  readonly names: readonly (keyof People & string)[];
  /** A new, proven actor of this kind. */
  make<Name extends keyof People & string>(name: Name): Promise<People[Name]>;
  /**
   * One actor of each kind, in the order of definition. Each actor is proven when it is made and again at the end,
   * because making a later actor (for example by advancing a clock) may invalidate an earlier one.
   */
  makeAll(): Promise<People>;
  /** Proves an actor again. Throws, with the observed access, when it is not (or no longer) of this kind. */
  prove<Name extends keyof People & string>(name: Name, person: People[Name]): Promise<void>;
  /** Tries each proof on all other actors and throws if one passes: a proof that holds for others proves nothing. */
  tellApart(everybody: People): Promise<void>;
}

/**
 * Defines the actors of an app (anonymous, owner, disabled and so on). Each is made by the app's own requests and
 * proves its access. Only the names that are defined exist.
 *
 * @example
 * const actors = defineActors({
 *   anonymous: { make: visitor, proof: sees({ account: 401 }) },
 *   owner: { make: () => logIn("ada@example.com"), proof: sees({ account: 200 }) },
 * });
 * const { anonymous, owner } = await actors.makeAll();
 */
export function defineActors<People extends object>(
  definitions: {
    [Name in keyof People]: ActorDefinition<People[Name]>;
  },
): Actors<People> {
  type Name = keyof People & string;
  const names = Object.keys(definitions) as Name[];

  function kindOf<Of extends Name>(name: Of): ActorDefinition<People[Of]> {
    if (!Object.hasOwn(definitions, name)) {
      throw new Error(`No actor “${name}” is defined, only: ${names.join(", ")}`);
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
          // Another actor may have another shape. Then the proof throws, which tells the two apart.
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

async function faultOf<Person>({ proof }: ActorDefinition<Person>, person: Person): Promise<Fault | null> {
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
