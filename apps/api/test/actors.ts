import type { Product, SessionState } from "@yumroad/contract";
import { type Actors, type Client, defineActors, type Proof } from "@yumroad/testkit";
import { accountNamed, userCommands } from "../src/cli/user-commands.ts";
import { logInWithPasswordOnly, setUpTotp } from "./authenticator-app.ts";
import { signUpProven } from "./mailed-links.ts";
import { makeOperator } from "./operators.ts";
import type { Person, TestApp } from "./test-app.ts";

/** The shop's actors, each in a browser. `owner` and `stale` are the same user. */
export interface ShopActors {
  stale: Person;
  loggedOut: Person;
  disabled: Person;
  pending: Person;
  owner: Person;
  other: Person;
  operator: Person;
  anonymous: { client: Client };
}

/** The answers of the shop to an actor. */
interface ObservedAccess {
  isWhoTheySay: boolean;
  isPending: boolean;
  hasCookie: boolean;
  /** Status of reading a draft of the owner. */
  draft: number;
  /** Status of an action that needs a fresh login. */
  serious: number;
  /** Status of reading the list of people, which is for operators. */
  people: number;
  /** Status of a new login in another browser; null for an actor without an account. */
  logIn: number | null;
}

const NO_ACCESS: ObservedAccess = {
  isWhoTheySay: false,
  isPending: false,
  hasCookie: true,
  draft: 401,
  serious: 401,
  people: 401,
  logIn: 200,
};
const OWNER_ACCESS: ObservedAccess = { ...NO_ACCESS, isWhoTheySay: true, draft: 200, serious: 422, people: 403 };

/**
 * Defines the actors of an app. Making `stale` advances the clock by 11 minutes. The owner has a new account unless one
 * is given. A proof logs the actor in elsewhere, so prove before comparing stored data.
 */
export function defineShopActors(app: TestApp, account?: Person): Actors<ShopActors> {
  let lookedAt = 0;
  let owned: Promise<{ account: Person; draft: string }> | undefined;
  const owner = () => {
    owned ??= withDraft(app, account);
    return owned;
  };

  async function look({ client, ...person }: { client: Client } & Partial<Person>): Promise<ObservedAccess> {
    const { draft } = await owner();
    const { json } = await client.get<SessionState>("/api/auth/session?passive=1");
    lookedAt += 1;
    // Each login has its own IP address, so that no limit is reached.
    const headers = { "X-Forwarded-For": `198.18.${lookedAt >> 8}.${lookedAt & 255}` };
    const credentials = { email: person.email, password: person.password };
    return {
      isWhoTheySay: person.user !== undefined && json.user?.id === person.user.id,
      isPending: "secondFactors" in json,
      hasCookie: client.cookies.get("__Host-yumroad") !== undefined,
      draft: (await client.get(`/api/me/products/${draft}`)).status,
      // The query is invalid: an actor with permission gets 422, and nothing changes.
      serious: (await client.post("/api/account/totp?surprise=1")).status,
      people: (await client.get("/api/operator/people")).status,
      logIn: person.user ? (await app.visitor().post("/api/auth/login", { json: credentials, headers })).status : null,
    };
  }
  const observes =
    (expected: ObservedAccess) =>
    async (person: { client: Client } & Partial<Person>): Promise<Proof> => ({ seen: await look(person), expected });

  return defineActors<ShopActors>({
    stale: {
      async make() {
        const person = await app.logIn((await owner()).account);
        app.clock.advance("11m");
        return person;
      },
      proof: observes({ ...OWNER_ACCESS, serious: 403 }),
    },
    loggedOut: {
      async make() {
        const person = await app.signUp();
        const cookies = person.client.cookies.snapshot();
        await person.client.post("/api/auth/logout");
        person.client.cookies.restore(cookies);
        return person;
      },
      proof: observes(NO_ACCESS),
    },
    disabled: {
      async make() {
        const person = await app.signUp();
        // Uses the operator's command, because no endpoint disables an account.
        await userCommands.disable?.(app.dependencies, await accountNamed(app.dependencies, person.email));
        return person;
      },
      proof: observes({ ...NO_ACCESS, logIn: 401 }),
    },
    pending: {
      async make() {
        const person = await signUpProven(app);
        await setUpTotp(app, person);
        return { ...person, client: await logInWithPasswordOnly(app, person) };
      },
      proof: observes({ ...NO_ACCESS, isPending: true }),
    },
    owner: { make: async () => app.logIn((await owner()).account), proof: observes(OWNER_ACCESS) },
    other: { make: () => app.signUp(), proof: observes({ ...OWNER_ACCESS, draft: 404 }) },
    operator: {
      make: async () => makeOperator(app, await app.signUp()),
      proof: observes({ ...OWNER_ACCESS, draft: 404, people: 200 }),
    },
    anonymous: {
      make: () => ({ client: app.visitor() }),
      proof: observes({ ...NO_ACCESS, hasCookie: false, logIn: null }),
    },
  });
}

async function withDraft(app: TestApp, given?: Person): Promise<{ account: Person; draft: string }> {
  const account = given ?? (await app.signUp());
  const json = { name: "The owner's draft", price: { amount: 100, currency: "EUR" }, status: "draft" };
  const answer = await account.client.post<Product>("/api/products", { json });
  if (answer.status !== 201) throw new Error(`Listing a draft answered ${answer.status}: ${answer.text}`);
  return { account, draft: answer.json.slug };
}
