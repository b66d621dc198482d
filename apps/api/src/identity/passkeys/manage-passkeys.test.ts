import { createPrivateKey, sign } from "node:crypto";
import type { Activity, Passkey, PasskeyAttestation, Problem } from "@yumroad/contract";
import { type Client, race, statusesOf } from "@yumroad/testkit";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  addPasskey,
  type Cbor,
  createPasskeyDevice,
  loginOptions,
  type Oddities,
} from "../../../test/passkey-device.ts";
import {
  canRunOn,
  createTestApp,
  named,
  type Person,
  storeKinds,
  type TestApp,
  whoIs,
} from "../../../test/test-app.ts";

const NAME = "__Host-yumroad";
const PASSKEYS = "/api/account/passkeys";
const OPTIONS = "/api/account/passkey-options";

/** A made-up maker of authenticators with a certificate as the standard requires, valid until 2126. */
const MAKER = {
  key: createPrivateKey({
    key: Buffer.from(
      [
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1O3PR/OPwngjfh8v5OC74ZTOR7vt16oj2LfL0b5ebwSh",
        "RANCAAS2ZPTUcZbDqXohj/hqWY18QFqgImGTWj826e2WfK7+f7x44j/Od3/j+oSAQu4+aTdbj8hYOx4OpvFqnvbUm6LZ",
      ].join(""),
      "base64",
    ),
    format: "der",
    type: "pkcs8",
  }),
  certificate: Buffer.from(
    [
      "MIIB8jCCAZigAwIBAgIURsi1D8YEEvMlFmMCXtMs3axOPGwwCgYIKoZIzj0EAwIwTzELMAkGA1UEBhMCU0UxDTALBgNVBAoMBFRl",
      "c3QxIjAgBgNVBAsMGUF1dGhlbnRpY2F0b3IgQXR0ZXN0YXRpb24xDTALBgNVBAMMBFRlc3QwIBcNMjYxMTI1MTcyMTUxWhgPMjEy",
      "NjExMDExNzIxNTFaME8xCzAJBgNVBAYTAlNFMQ0wCwYDVQQKDARUZXN0MSIwIAYDVQQLDBlBdXRoZW50aWNhdG9yIEF0dGVzdGF0",
      "aW9uMQ0wCwYDVQQDDARUZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEtmT01HGWw6l6IY/4almNfEBaoCJhk1o/Nuntlnyu",
      "/n+8eOI/znd/4/qEgELuPmk3W4/IWDseDqbxap721Jui2aNQME4wHQYDVR0OBBYEFBCJBZbE2Zf5CZJhPayP6oh3VrEVMB8GA1Ud",
      "IwQYMBaAFBCJBZbE2Zf5CZJhPayP6oh3VrEVMAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSAAwRQIhAJ6/RTj4I0W8abwqhtgZ",
      "tFxlhFwlhuxg/XkvsyiXxdaDAiATEe3dCgcI52zZIQHo6BoXMr53kPoU+koceCHsEWq2Bg==",
    ].join(""),
    "base64",
  ),
};

describe.each(storeKinds)("keeping passkeys", (store) => {
  describe.skipIf(!canRunOn(store))(named("keeping passkeys", store), () => {
    let app: TestApp;
    beforeAll(async () => {
      app = await createTestApp({ sessions: store, limits: { passkeysPerAccount: 4 } });
    });
    afterAll(() => app.close());
    afterEach(() => {
      vi.unstubAllGlobals();
    });

    interface CreationOptions {
      challenge: string;
      user: { id: string };
    }
    const optionsFor = async ({ client }: Pick<Person, "client">) => (await client.post<CreationOptions>(OPTIONS)).json;
    const add = ({ client }: Pick<Person, "client">, passkey: unknown, name = "Laptop") =>
      client.post<Passkey & Problem>(PASSKEYS, { json: { passkey, name } });
    const listOf = async ({ client }: Pick<Person, "client">) =>
      (await client.get<{ items: Passkey[] }>(PASSKEYS)).json.items;
    const kindsIn = async ({ user }: Pick<Person, "user">) => {
      const sql = "select kind from activity where user_id = ? order by id";
      const rows = await app.dependencies.database.fork().execute<Pick<Activity, "kind">[]>(sql, [user.id]);
      return rows.map(({ kind }) => kind);
    };

    it("R72: the options ask for a passkey that is found by itself, unlocked by its owner, and tells nothing of its make", async () => {
      const person = await app.signUp({ name: "Ada Lovelace" });
      const options = await optionsFor(person);
      expect(options).toMatchObject({
        rp: { id: "shop.example", name: "Yumroad" },
        user: { name: person.email, displayName: "Ada Lovelace" },
        attestation: "none",
        authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
        excludeCredentials: [],
        timeout: 300_000,
      });
      // The user handle on the authenticator reveals nothing of the person.
      expect(Buffer.from(options.user.id, "base64url").toString()).toBe(person.user.id);
    });

    it("R72: who we are is what the settings say, whatever the request says", async () => {
      const person = await app.signUp();
      const headers = { Host: "evil.example", "X-Forwarded-Host": "evil.example" };
      const { json } = await person.client.post(OPTIONS, { headers });
      expect(json).toMatchObject({ rp: { id: "shop.example" } });
      const login = await app.visitor().post("/api/auth/passkey/options", { headers });
      expect(login.json).toMatchObject({ rpId: "shop.example", userVerification: "required" });
    });

    it("R72: one that the browser has made is kept, listed, and named in the next options", async () => {
      const person = await app.signUp();
      const first = await addPasskey(person, { name: "  Laptop " });
      expect(first.passkey).toEqual({
        handle: expect.stringMatching(/^[\w-]{36}$/),
        name: "Laptop",
        createdAt: new Date(app.clock.now()).toISOString(),
        lastUsedAt: null,
        isSynced: false,
      });
      const device = createPasskeyDevice();
      const made = device.create(await optionsFor(person), { isSynced: true });
      const second = await add(person, made, "Phone");
      expect([second.status, second.json.isSynced]).toEqual([201, true]);
      expect(await listOf(person)).toEqual([first.passkey, second.json]);
      expect(await optionsFor(person)).toMatchObject({
        excludeCredentials: [{ type: "public-key" }, { id: made.id, transports: ["hybrid", "internal"] }],
      });
      expect(await kindsIn(person)).toContain("authn_passkey_added");
      expect(await listOf(await app.signUp())).toEqual([]);
    });

    it("R4: adding and removing one give the session a new id; others stay, and can be ended by hand", async () => {
      const person = await app.signUp();
      const elsewhere = await app.logIn(person);
      const before = person.client.twin();
      const { passkey } = await addPasskey(person);
      const between = person.client.twin();
      expect(between.cookies.get(NAME)?.value).not.toBe(before.cookies.get(NAME)?.value);
      expect(await whoIs(before)).toBeNull();
      expect((await person.client.delete(`${PASSKEYS}/${passkey.handle}`)).status).toBe(204);
      expect(await whoIs(between)).toBeNull();
      expect(await whoIs(person.client)).toEqual(person.user);
      expect(await whoIs(elsewhere.client)).toEqual(person.user);
    });

    it.each<[string, Oddities]>([
      ["made on another site", { origin: "https://evil.example" }],
      ["made on plain http", { origin: "http://shop.example" }],
      ["made on another port", { origin: "https://shop.example:8443" }],
      ["made for another site", { rpId: "evil.example" }],
      ["made without a look at who holds the device", { isVerified: false }],
      ["made without anybody there", { isPresent: false }],
      ["that is an answer to something else", { type: "webauthn.get" }],
      ["with another challenge", { challenge: Buffer.alloc(54, 7).toString("base64url") }],
      ["without a challenge", { challenge: "" }],
      ["of a format that nobody knows", { format: "surprise" }],
      ["with a statement where there is none", { statement: () => new Map([["sig", Buffer.alloc(8)]]) }],
    ])("R72: one %s is refused", async (_, odd) => {
      const person = await app.signUp();
      const answer = await add(person, createPasskeyDevice().create(await optionsFor(person), odd));
      expect([answer.status, answer.json.code]).toEqual([401, "invalid_passkey"]);
      expect(await listOf(person)).toEqual([]);
    });

    it("R72: one that a passkey has signed for itself is kept: some browsers send that where nothing was asked for", async () => {
      const person = await app.signUp();
      const statement: Oddities["statement"] = (signed, key) =>
        new Map<string, Cbor>([
          ["alg", -7],
          ["sig", sign("sha256", signed, key)],
        ]);
      const wrong: Oddities["statement"] = (signed, key) => statement(Buffer.concat([signed, signed]), key);
      const make = async (odd: Oddities) => createPasskeyDevice().create(await optionsFor(person), odd);
      expect((await add(person, await make({ format: "packed", statement: wrong }))).status).toBe(401);
      expect((await add(person, await make({ format: "packed", statement }))).status).toBe(201);
    });

    it.each(["packed", "android-key", "apple", "tpm", "fido-u2f", "android-safetynet"])(
      "R72: one with a certificate (%s) is refused unread, be it a good one: to check it, its own address would be asked",
      async (format) => {
        const asked = vi.fn();
        vi.stubGlobal("fetch", asked);
        const person = await app.signUp();
        const statement: Oddities["statement"] = (signed) =>
          new Map<string, Cbor>([
            ["alg", -7],
            ["sig", sign("sha256", signed, MAKER.key)],
            ["x5c", [MAKER.certificate]],
          ]);
        const made = createPasskeyDevice().create(await optionsFor(person), { format, statement });
        expect((await add(person, made)).status).toBe(401);
        expect(asked).not.toHaveBeenCalled();
      },
    );

    it("R72: what is no answer of an authenticator at all is refused, and no failure of ours", async () => {
      const person = await app.signUp();
      const made = createPasskeyDevice().create(await optionsFor(person));
      const text = (value: string) => Buffer.from(value).toString("base64url");
      const broken = [
        { ...made, id: "AAAA", rawId: "AAAA" },
        { ...made, rawId: "AAAA" },
        ...["null", "[]", "{", '"text"', "{}"].map((json) => ({
          ...made,
          response: { ...made.response, clientDataJSON: text(json) },
        })),
        ...["", "A", "\0\0", "\xa0", "\xa1cfmt", "\x9f\x9f\x9f"].map((bytes) => ({
          ...made,
          response: { ...made.response, attestationObject: Buffer.from(bytes, "latin1").toString("base64url") || "A" },
        })),
      ];
      for (const passkey of broken) {
        const answer = await add(person, passkey);
        expect([answer.status, answer.json.code]).toEqual([401, "invalid_passkey"]);
      }
      expect((await add(person, made)).status).toBe(201);
    });

    it("R72: its challenge is good once", async () => {
      const person = await app.signUp();
      const options = await optionsFor(person);
      expect((await add(person, createPasskeyDevice().create(options))).status).toBe(201);
      expect((await add(person, createPasskeyDevice().create(options))).status).toBe(401);
      expect(await listOf(person)).toHaveLength(1);
    });

    it("R72: for five minutes", async () => {
      const person = await app.signUp();
      const made = createPasskeyDevice().create(await optionsFor(person));
      app.clock.advance("5m");
      expect((await add(person, made)).status).toBe(401);
      const again = createPasskeyDevice().create(await optionsFor(person));
      app.clock.advance("4m");
      expect((await add(person, again)).status).toBe(201);
    });

    it("R72: for the account that asked, and for making a passkey", async () => {
      const person = await app.signUp();
      const other = await app.signUp();
      const theirs = createPasskeyDevice().create(await optionsFor(other));
      expect((await add(person, theirs)).status).toBe(401);
      const { challenge } = await loginOptions(app);
      const forLogIn = createPasskeyDevice().create({ challenge, user: (await optionsFor(person)).user });
      expect((await add(person, forLogIn)).status).toBe(401);
      expect((await add(other, theirs)).status).toBe(201);
    });

    it("R72: sent 20 times at once, one is kept", async () => {
      const person = await app.signUp();
      const made = createPasskeyDevice().create(await optionsFor(person));
      const twins = Array.from({ length: 20 }, () => person.client.twin());
      const outcomes = await race(20, (place) => add({ client: twins[place] as Client }, made));
      const statuses = statusesOf(outcomes);
      expect(statuses.filter((status) => status === 201)).toHaveLength(1);
      expect(statuses.filter((status) => status === 401)).toHaveLength(19);
    });

    it("R72: the same one twice is set up already, here or for somebody else", async () => {
      const person = await app.signUp();
      const other = await app.signUp();
      const made = createPasskeyDevice().create(await optionsFor(person));
      expect((await add(person, made)).status).toBe(201);
      for (const again of [person, other]) {
        const { challenge } = await optionsFor(again);
        const clientDataJSON = Buffer.from(
          JSON.stringify({ type: "webauthn.create", challenge, origin: "https://shop.example" }),
        ).toString("base64url");
        const answer = await add(again, { ...made, response: { ...made.response, clientDataJSON } });
        expect([answer.status, answer.json.code]).toEqual([409, "already_set_up"]);
      }
      expect(await listOf(other)).toEqual([]);
    });

    it("R72: an account has as many as the limit says, also when more come at once", async () => {
      const person = await app.signUp();
      await addPasskey(person);
      const sessions: { client: Client; made: PasskeyAttestation }[] = [];
      for (let place = 0; place < 6; place += 1) {
        const { client } = await app.logIn(person);
        sessions.push({ client, made: createPasskeyDevice().create(await optionsFor({ client })) });
      }
      const outcomes = await race(6, (place) => {
        const { client, made } = sessions[place] as (typeof sessions)[number];
        return add({ client }, made);
      });
      const statuses = statusesOf(outcomes);
      expect(statuses.toSorted()).toEqual([201, 201, 201, 422, 422, 422]);
      expect(await listOf(person)).toHaveLength(4);
      const { client } = await app.logIn(person);
      const refused = await client.post<Problem>(OPTIONS);
      expect([refused.status, refused.json.code]).toEqual([422, "invalid_input"]);
      expect(refused.json.issues?.[0]?.message).toBe("You have 4 passkeys already: remove one first");
    });

    it("R72: can be removed, the last one too: the password is always left as a way in", async () => {
      const person = await app.signUp();
      const handles = [];
      for (let place = 0; place < 2; place += 1) handles.push((await addPasskey(person)).passkey.handle);
      for (const handle of handles) {
        expect((await person.client.delete(`${PASSKEYS}/${handle}`)).status).toBe(204);
        expect((await person.client.delete(`${PASSKEYS}/${handle}`)).status).toBe(404);
      }
      expect(await listOf(person)).toEqual([]);
      expect(await kindsIn(person)).toContain("authn_passkey_removed");
      expect(await whoIs((await app.logIn(person)).client)).toEqual(person.user);
    });

    it("R72: somebody else's is not there, and stays", async () => {
      const person = await app.signUp();
      const other = await app.signUp();
      const { passkey } = await addPasskey(person);
      expect((await other.client.delete(`${PASSKEYS}/${passkey.handle}`)).status).toBe(404);
      expect(await listOf(person)).toHaveLength(1);
      expect(app.logs.lines).toContainEqual(
        expect.objectContaining({ event: "authz_fail", userId: other.user.id, address: "127.0.0.1" }),
      );
    });

    it("R69: adding and removing are no proof: what was fresh before is no longer fresh for it", async () => {
      const person = await app.signUp();
      app.clock.advance("9m");
      const { passkey } = await addPasskey(person);
      expect((await person.client.delete(`${PASSKEYS}/${passkey.handle}`)).status).toBe(204);
      app.clock.advance("2m");
      expect((await person.client.post<Problem>(OPTIONS)).json.code).toBe("reauth_required");
    });

    it("R69: adding and removing ask for a fresh proof, looking does not", async () => {
      const person = await app.signUp();
      const { passkey } = await addPasskey(person);
      app.clock.advance("11m");
      const answers = [
        await person.client.post<Problem>(OPTIONS),
        await add(person, createPasskeyDevice().create({ challenge: "AAAA", user: { id: "AAAA" } })),
        await person.client.delete<Problem>(`${PASSKEYS}/${passkey.handle}`),
      ];
      for (const { status, json } of answers) expect([status, json.code]).toEqual([403, "reauth_required"]);
      expect(await listOf(person)).toHaveLength(1);
    });
  });
});
