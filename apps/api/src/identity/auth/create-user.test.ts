import { UniqueConstraintViolationException } from "@mikro-orm/core";
import { type FaultCode, fault } from "@yumroad/contract";
import { createClock, race } from "@yumroad/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTemporaryDatabase, type TemporaryDatabase } from "../../../test/temporary-database.ts";
import { createCatalogExtension } from "../../catalog/account-extension.ts";
import { createPasswordHasher } from "../../platform/lib/password-hasher.ts";
import { describeUser } from "../users/describe-user.ts";
import { findAccountByEmail } from "../users/queries.ts";
import { createUser, type NewUser } from "./create-user.ts";

const PASSWORD = "plum jam on the windowsill";
const clock = createClock("2030-01-01T00:00:00Z");
const hasher = createPasswordHasher({
  cost: 4,
  peppers: [{ id: "test", secret: "a pepper of tests, long enough" }],
  queueLength: 64,
}).forParty({ group: "a block", member: "an address" });

let database: TemporaryDatabase;
beforeAll(async () => {
  database = await openTemporaryDatabase();
});
afterAll(() => database.close());

let people = 0;
function somebody(given: Partial<NewUser> = {}): NewUser {
  people += 1;
  return { name: `Person ${people}`, email: `person-${people}@example.com`, password: PASSWORD, ...given };
}

function create(input: NewUser) {
  return createUser({ em: database.fork(), hasher, clock, accountExtension: createCatalogExtension(database) }, input);
}

describe("createUser", () => {
  it("S18, S19: stores a user, a customer without a store, and says who it is", async () => {
    const input = somebody({ name: "Ada Lovelace" });
    const outcome = await create(input);
    expect(outcome).toEqual({
      kind: "created",
      user: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        email: input.email,
        name: "Ada Lovelace",
        store: null,
        isOperator: false,
      },
    });
    const account = await findAccountByEmail(database.fork(), input.email);
    expect(
      account &&
        (await describeUser({ em: database.fork(), accountExtension: createCatalogExtension(database) }, account.user)),
    ).toEqual(outcome.kind === "created" && outcome.user);
  });

  it("S19: stores a hash that verifies, and neither the password nor anything of it", async () => {
    const input = somebody();
    await create(input);
    const stored = (await findAccountByEmail(database.fork(), input.email))?.passwordHash ?? "";
    expect(stored).not.toBe(PASSWORD);
    expect(stored).not.toContain("plum");
    expect((await hasher.verify(PASSWORD, stored)).isRight).toBe(true);
    expect((await hasher.verify(`${PASSWORD}!`, stored)).isRight).toBe(false);
  });

  it.each([
    ["S20: an empty e-mail", { email: "" }],
    ["S20: an e-mail of blanks", { email: "   " }],
    ["S20: what is no address", { email: "ada" }],
    ["S21: an empty password", { password: "" }],
    ["S22: a password of four letters", { password: "jams" }],
    ["R45: a password of seven characters", { password: "jam+tea" }],
    ["R45: a password of 129 characters", { password: "plum jam!".repeat(15).slice(0, 129) }],
    ["an empty name", { name: "" }],
    ["a name of blanks", { name: "  \t " }],
  ])("%s is refused, and nothing is stored", async (_, fault) => {
    const before = [await database.countOf("users"), await database.countOf("stores")];
    await expect(create(somebody(fault))).rejects.toMatchObject({ name: "$ZodError" });
    expect([await database.countOf("users"), await database.countOf("stores")]).toEqual(before);
  });

  it.each<[string, object, FaultCode]>([
    ["a common password", { password: "sunshine" }, "password_common"],
    ["their own name", { name: "Grace Hopper", password: "gracehopper1" }, "password_of_context"],
    [
      "their own address",
      { email: "somebody.else@example.com", password: "Somebody.Else@example.com" },
      "password_of_context",
    ],
    ["our name", { password: "yumroad2026" }, "password_of_context"],
  ])("R45: %s for a password is refused with the reason, and nothing is stored", async (_, input, code) => {
    const before = await database.countOf("users");
    expect(await create(somebody(input))).toEqual({ kind: "weak_password", reason: fault(code) });
    expect(await database.countOf("users")).toBe(before);
  });

  it("an address in another case is the same address", async () => {
    await create(somebody({ email: "Case@Example.com" }));
    const before = await database.countOf("users");
    expect(await create(somebody({ email: "cASE@example.COM" }))).toEqual({ kind: "email_taken" });
    expect(await create(somebody({ email: "  case@example.com " }))).toEqual({ kind: "email_taken" });
    expect(await database.countOf("users")).toBe(before);
    expect((await findAccountByEmail(database.fork(), "CASE@EXAMPLE.COM"))?.user.email).toBe("Case@Example.com");
  });

  it("the database itself refuses the second of one address", async () => {
    await create(somebody());
    const copy = `insert into users (id, email, email_key, name, password_hash, created_at, updated_at)
      select 'another', email, email_key, name, password_hash, created_at, updated_at from users limit 1`;
    await expect(database.fork().execute(copy)).rejects.toBeInstanceOf(UniqueConstraintViolationException);
  });

  it("R51: of twenty sign-ups of one address at once, one makes an account and the others are told", async () => {
    const { email } = somebody();
    const before = await database.countOf("users");
    const results = await race(20, () => create(somebody({ email, name: "Same Name" })));
    const kinds = results.map((result) => (result.status === "fulfilled" ? result.value.kind : result.reason));
    expect(kinds.filter((kind) => kind === "created")).toHaveLength(1);
    expect(kinds.filter((kind) => kind === "email_taken")).toHaveLength(19);
    expect((await findAccountByEmail(database.fork(), email))?.user.name).toBe("Same Name");
    expect(await database.countOf("users")).toBe(before + 1);
  });

  it("R52: takes name, address and password and nothing else of what it is given", async () => {
    const outcome = await create({ ...somebody(), id: "1", role: "admin", version: 9 } as NewUser);
    expect(outcome).toMatchObject({ kind: "created" });
    expect(outcome.kind === "created" && outcome.user.id).not.toBe("1");
  });
});
