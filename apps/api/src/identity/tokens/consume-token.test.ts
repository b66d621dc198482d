import { createClock, race } from "@yumroad/testkit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../../test/temporary-database.ts";
import { createCatalogExtension } from "../../catalog/account-extension.ts";
import { createPasswordHasher, INTERNAL_PARTY } from "../../platform/lib/password-hasher.ts";
import { createUser } from "../auth/create-user.ts";
import { UserEntity } from "../users/user.entity.ts";
import { consumeToken, peekToken } from "./consume-token.ts";
import { issueAskedToken, issueToken, type NewToken } from "./issue-token.ts";
import { MailedTokenEntity, type TokenPurpose } from "./mailed-token.entity.ts";
import { revokeTokens } from "./revoke-tokens.ts";

const MINUTE = 60_000;
const limits = {
  mailedToken: 60 * MINUTE,
  undoEmailChange: 24 * 60 * MINUTE,
  unlockLink: 24 * 60 * MINUTE,
  liveLinks: 3,
};
const hasher = createPasswordHasher({ cost: 4, peppers: [{ id: "a", secret: "x" }], queueLength: 64 }).forParty(
  INTERNAL_PARTY,
);

let database: TemporaryDatabase;
let userId: string;
const clock = createClock("2030-01-01T00:00:00Z");

let people = 0;
async function somebody(): Promise<string> {
  people += 1;
  const input = { name: "Ada", email: `ada-${people}@example.com`, password: "plum jam on the windowsill" };
  const outcome = await createUser(
    { em: database.fork(), hasher, clock, accountExtension: createCatalogExtension(database) },
    input,
  );
  if (outcome.kind !== "created") throw new Error(outcome.kind);
  return outcome.user.id;
}

beforeAll(async () => {
  database = await openTemporaryDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  userId = await somebody();
});

const reset = () => ({ purpose: "reset_password", userId, email: "ada@example.com" }) as const;

function ask(given: Parameters<typeof issueAskedToken>[1] = reset()): Promise<string | null> {
  return database.fork().transactional((em) => issueAskedToken({ em, clock, limits }, given));
}

function issue(given: NewToken = reset()): Promise<string> {
  return database.fork().transactional((em) => issueToken({ em, clock, limits }, given));
}

function use(token: string, ...purposes: TokenPurpose[]) {
  const claim = { token, purposes: purposes.length > 0 ? purposes : (["reset_password"] as const) };
  return database.fork().transactional((em) => consumeToken({ em, clock }, claim));
}

function lookAt(token: string, ...purposes: TokenPurpose[]) {
  const claim = { token, purposes: purposes.length > 0 ? purposes : (["reset_password"] as const) };
  return peekToken({ em: database.fork(), clock }, claim);
}

describe("a mailed token", () => {
  it("R60: has 256 bits, each its own, and is stored as a hash and nothing else", async () => {
    const tokens = [await issue(), await issue(), await issue()];
    for (const token of tokens) expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(new Set(tokens).size).toBe(3);
    const rows = JSON.stringify(await database.fork().execute("select * from mailed_tokens"));
    for (const token of tokens) expect(rows).not.toContain(token);
  });

  it("R60: is good once, and whoever comes second is told nothing of whose it was", async () => {
    const token = await issue();
    expect(await use(token)).toMatchObject({
      kind: "good",
      user: { id: userId },
      token: { email: "ada@example.com", purpose: "reset_password" },
    });
    expect(await use(token)).toEqual({ kind: "refused", userId });
    expect(await lookAt(token)).toEqual({ kind: "refused", userId });
  });

  it("R60: of twenty that use it at once, one finds it good", async () => {
    const token = await issue();
    const outcomes = await race(20, () => use(token));
    const kinds = outcomes.map((outcome) => (outcome.status === "fulfilled" ? outcome.value.kind : outcome.reason));
    expect(kinds.toSorted()).toEqual(["good", ...Array.from({ length: 19 }, () => "refused")]);
  });

  it("R60: of twenty issued to whoever has proven who they are, at once, one is good, and no two stand in each other's way", async () => {
    const issued = await race(20, () => issue());
    const tokens = issued.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : String(outcome.reason)));
    const looks = await Promise.all(tokens.map((token) => lookAt(token)));
    expect(looks.map(({ kind }) => kind).toSorted()).toEqual(["good", ...Array.from({ length: 19 }, () => "refused")]);
  });

  it("R60: of ten asked for at once, three are made and all of them are good", async () => {
    const asked = await race(10, () => ask());
    const tokens = asked.map((outcome) => (outcome.status === "fulfilled" ? outcome.value : String(outcome.reason)));
    const made = tokens.filter((token) => token !== null);
    expect(made).toHaveLength(3);
    for (const token of made) expect((await lookAt(token)).kind).toBe("good");
  });

  it("R60: one that is asked for ends none; the one that is used ends the others of its purpose", async () => {
    const tokens = [(await ask()) ?? "", (await ask()) ?? "", (await ask()) ?? ""];
    const other = (await ask({ purpose: "verify_email", userId, email: "ada@example.com" })) ?? "";
    const ofSomebodyElse = (await ask({ ...reset(), userId: await somebody() })) ?? "";
    expect(await ask()).toBeNull();
    expect((await use(tokens[1] ?? "")).kind).toBe("good");
    for (const token of tokens) expect((await lookAt(token)).kind).toBe("refused");
    expect((await use(other, "verify_email")).kind).toBe("good");
    expect((await use(ofSomebodyElse)).kind).toBe("good");
  });

  it("R60: what has expired or ended is in nobody's way", async () => {
    for (let time = 0; time < 3; time += 1) await ask();
    clock.advance(60 * MINUTE);
    for (let time = 0; time < 3; time += 1) expect(await ask()).not.toBeNull();
    await revokeTokens({ em: database.fork(), clock }, { userId, purposes: ["reset_password"] });
    expect(await ask()).not.toBeNull();
  });

  it("R64: that undoes a change of address is good for a day", async () => {
    const token = await issue({ purpose: "undo_email_change", userId, email: "ada@example.com" });
    clock.advance(24 * 60 * MINUTE - 1);
    expect((await lookAt(token, "undo_email_change")).kind).toBe("good");
    clock.advance(1);
    expect((await lookAt(token, "undo_email_change")).kind).toBe("refused");
  });

  it("R60: using and issuing at once end well, whichever comes first", async () => {
    const token = await issue();
    const outcomes = await race<unknown>(20, (index) => (index % 2 === 0 ? use(token) : issue()));
    expect(outcomes.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => "fulfilled"));
  });

  it("R60: one that allows tries ends none of three, whether it is made or used; of four the oldest is over", async () => {
    const tokens: string[] = [];
    for (let made = 0; made < 4; made += 1) {
      tokens.push(await issue({ purpose: "unlock", userId, email: "ada@example.com" }));
    }
    const kinds: string[] = [];
    for (const token of tokens) kinds.push((await use(token, "unlock")).kind);
    expect(kinds).toEqual(["refused", "good", "good", "good"]);
  });

  it("R60: is good for sixty minutes", async () => {
    const token = await issue();
    clock.advance(60 * MINUTE - 1);
    expect((await lookAt(token)).kind).toBe("good");
    clock.advance(1);
    expect((await lookAt(token)).kind).toBe("refused");
    expect((await use(token)).kind).toBe("refused");
  });

  it("R60: is ended by one of its purpose that its owner has proven to be theirs to make, and by no other", async () => {
    const first = await issue();
    const other = await issue({ purpose: "verify_email", userId, email: "ada@example.com" });
    const ofSomebodyElse = await issue({ ...reset(), userId: await somebody() });
    const second = await issue();
    expect((await use(first)).kind).toBe("refused");
    expect((await use(second)).kind).toBe("good");
    expect((await use(other, "verify_email")).kind).toBe("good");
    expect((await use(ofSomebodyElse)).kind).toBe("good");
  });

  it("R60: of a change of address is ended by a newer one about another address as well", async () => {
    const first = await issue({ purpose: "change_email", userId, email: "one@example.com" });
    const second = await issue({ purpose: "change_email", userId, email: "other@example.com" });
    expect((await use(first, "change_email")).kind).toBe("refused");
    expect((await use(second, "change_email")).kind).toBe("good");
  });

  it("that undoes something is ended by a newer one for the same thing alone: nobody can end the owner's link", async () => {
    const one = await issue({ purpose: "undo_email_change", userId, email: "ada@example.com" });
    const other = await issue({ purpose: "undo_email_change", userId, email: "eve@example.com" });
    const again = await issue({ purpose: "undo_email_change", userId, email: "Ada@example.com" });
    expect((await lookAt(one, "undo_email_change")).kind).toBe("refused");
    expect((await lookAt(other, "undo_email_change")).kind).toBe("good");
    expect((await lookAt(again, "undo_email_change")).kind).toBe("good");

    const firstLogin = await issue({ purpose: "not_me", userId, loggedInAt: 1 });
    const secondLogin = await issue({ purpose: "not_me", userId, loggedInAt: 2 });
    expect(await use(firstLogin, "not_me")).toMatchObject({ kind: "good", token: { loggedInAt: 1 } });
    expect(await use(secondLogin, "not_me")).toMatchObject({ kind: "good", token: { loggedInAt: 2 } });
  });

  it("R60: is good for its own purpose alone, and is not used up by a wrong try", async () => {
    const token = await issue();
    for (const purpose of ["verify_email", "change_email", "undo_email_change", "not_me"] as const) {
      expect(await lookAt(token, purpose)).toEqual({ kind: "refused", userId });
      expect(await use(token, purpose)).toEqual({ kind: "refused", userId });
    }
    expect((await use(token, "verify_email", "reset_password")).kind).toBe("good");
  });

  it.each([
    ["cut short", (token: string) => token.slice(0, -1)],
    ["with something behind it", (token: string) => `${token}a`],
    ["in another case", (token: string) => token.toUpperCase()],
    ["made up", () => "a".repeat(43)],
    ["that is nothing", () => ""],
  ])("R60: %s is none", async (_, spoil) => {
    const token = await issue();
    expect(await use(spoil(token))).toEqual({ kind: "refused", userId: null });
    expect(await lookAt(spoil(token))).toEqual({ kind: "refused", userId: null });
    expect((await use(token)).kind).toBe("good");
  });

  it("is good again when what it opened was taken back", async () => {
    const token = await issue();
    const broken = database.fork().transactional(async (em) => {
      await consumeToken({ em, clock }, { token, purposes: ["reset_password"] });
      throw new Error("changed its mind");
    });
    await expect(broken).rejects.toThrow("changed its mind");
    expect((await use(token)).kind).toBe("good");
  });

  it("of somebody who is disabled opens nothing", async () => {
    const token = await issue();
    await database.fork().nativeUpdate(UserEntity, { id: userId }, { disabledAt: new Date(clock.now()) });
    expect(await lookAt(token)).toEqual({ kind: "refused", userId });
    expect(await use(token)).toEqual({ kind: "refused", userId });
  });

  it("goes with its user", async () => {
    await issue();
    await database.fork().nativeDelete(UserEntity, { id: userId });
    expect(await database.fork().count(MailedTokenEntity, { user: userId })).toBe(0);
  });

  it("can be ended by its purpose, which says whether there was one", async () => {
    const token = await issue();
    const parts = { em: database.fork(), clock };
    expect(await revokeTokens(parts, { userId, purposes: ["verify_email", "change_email"] })).toBe(false);
    expect((await lookAt(token)).kind).toBe("good");
    expect(await revokeTokens(parts, { userId, purposes: ["verify_email", "reset_password"] })).toBe(true);
    expect((await use(token)).kind).toBe("refused");
  });

  it("is neither issued nor used outside of a transaction", async () => {
    await expect(issueToken({ em: database.fork(), clock, limits }, reset())).rejects.toThrow(/transaction/i);
    const token = await issue();
    const outside = consumeToken({ em: database.fork(), clock }, { token, purposes: ["reset_password"] });
    await expect(outside).rejects.toThrow(/transaction/i);
  });
});
