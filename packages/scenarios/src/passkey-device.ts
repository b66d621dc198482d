import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { Passkey, PasskeyAssertion, PasskeyAttestation } from "@yumroad/contract";
import type { Client } from "@yumroad/testkit";

/** The creation options that an authenticator and its browser use. */
interface CreationOptions {
  challenge: string;
  user: { id: string };
}

/** Deviations from the answer of an honest browser with an honest authenticator. */
export interface Oddities {
  origin?: string;
  rpId?: string;
  type?: string;
  challenge?: string;
  userHandle?: string;
  counter?: number;
  isPresent?: boolean;
  isVerified?: boolean;
  isSynced?: boolean;
  /** The attestation's format, and its statement about the bytes that have to be signed with the attestation key. */
  format?: string;
  statement?: (signed: Buffer, privateKey: KeyObject) => Map<string, Cbor>;
}

/** A browser with an authenticator: P-256 keys, made and used as WebAuthn specifies, without a library. */
export interface PasskeyDevice {
  create(options: CreationOptions, odd?: Oddities): PasskeyAttestation;
  /** Signs with the newest passkey. */
  get(options: { challenge: string }, odd?: Oddities): PasskeyAssertion;
}

const SHOP = { origin: "https://shop.example", rpId: "shop.example" };
const FLAGS = { present: 0x01, verified: 0x04, canSync: 0x08, isSynced: 0x10, hasCredential: 0x40 };

export function createPasskeyDevice(): PasskeyDevice {
  let made: { id: Buffer; privateKey: KeyObject; userHandle: string } | undefined;
  let counter = 0;

  return {
    create({ challenge, user }, odd = {}) {
      const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      made = { id: randomBytes(32), privateKey, userHandle: user.id };
      const length = Buffer.alloc(2);
      length.writeUInt16BE(made.id.length);
      const credential = Buffer.concat([Buffer.alloc(16), length, made.id, cbor(coseKeyOf(publicKey))]);
      const data = authenticatorData(FLAGS.hasCredential, odd.counter ?? 0, odd, credential);
      const client = clientData("webauthn.create", challenge, odd);
      const attestation = new Map<string, Cbor>([
        ["fmt", odd.format ?? "none"],
        ["attStmt", odd.statement?.(Buffer.concat([data, sha256(client)]), privateKey) ?? new Map()],
        ["authData", data],
      ]);
      const id = made.id.toString("base64url");
      return {
        id,
        rawId: id,
        type: "public-key",
        authenticatorAttachment: "platform",
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString("base64url"),
          attestationObject: cbor(attestation).toString("base64url"),
          transports: ["internal", "hybrid"],
        },
      };
    },

    get({ challenge }, odd = {}) {
      if (!made) throw new Error("This device has no passkey yet");
      counter += 1;
      const data = authenticatorData(0, odd.counter ?? counter, odd);
      const client = clientData("webauthn.get", challenge, odd);
      const id = made.id.toString("base64url");
      return {
        id,
        rawId: id,
        type: "public-key",
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: data.toString("base64url"),
          signature: sign("sha256", Buffer.concat([data, sha256(client)]), made.privateKey).toString("base64url"),
          userHandle: odd.userHandle ?? made.userHandle,
        },
      };
    },
  };
}

/** Adds a passkey for a person who has just logged in, through the real endpoints. */
export async function addPasskey(
  { client }: { client: Client },
  { device = createPasskeyDevice(), name = "Laptop" }: { device?: PasskeyDevice; name?: string } = {},
): Promise<{ device: PasskeyDevice; passkey: Passkey }> {
  const options = await client.post<CreationOptions>("/api/account/passkey-options");
  const json = { passkey: device.create(options.json), name };
  const answer = await client.post<Passkey>("/api/account/passkeys", { json });
  if (answer.status !== 201) throw new Error(`Adding a passkey answered ${answer.status}: ${answer.text}`);
  return { device, passkey: answer.json };
}

/** Login options, as any visitor gets them. */
export async function loginOptions(app: { visitor(): Client }): Promise<{ challenge: string }> {
  return (await app.visitor().post<{ challenge: string }>("/api/auth/passkey/options")).json;
}

function clientData(type: string, challenge: string, odd: Oddities): Buffer {
  const { origin = SHOP.origin } = odd;
  const data = { type: odd.type ?? type, challenge: odd.challenge ?? challenge, origin, crossOrigin: false };
  return Buffer.from(JSON.stringify(data));
}

function authenticatorData(base: number, counter: number, odd: Oddities, credential = Buffer.alloc(0)): Buffer {
  const { rpId = SHOP.rpId, isPresent = true, isVerified = true, isSynced = false } = odd;
  const head = Buffer.alloc(5);
  head[0] =
    base |
    (isPresent ? FLAGS.present : 0) |
    (isVerified ? FLAGS.verified : 0) |
    (isSynced ? FLAGS.canSync | FLAGS.isSynced : 0);
  head.writeUInt32BE(counter, 1);
  return Buffer.concat([sha256(Buffer.from(rpId)), head, credential]);
}

/** RFC 9053, 7.1.1: an elliptic curve key (1: 2), for ES256 (3: -7), on P-256 (-1: 1), and its two coordinates. */
function coseKeyOf(publicKey: KeyObject): Map<number, Cbor> {
  const { x = "", y = "" } = publicKey.export({ format: "jwk" });
  return new Map<number, Cbor>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, "base64url")],
    [-3, Buffer.from(y, "base64url")],
  ]);
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

export type Cbor = number | string | Buffer | Cbor[] | Map<string | number, Cbor>;

/** The subset of RFC 8949 that authenticators use. */
function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value < 0 ? cborHead(1, -1 - value) : cborHead(0, value);
  if (typeof value === "string") return Buffer.concat([cborHead(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([cborHead(2, value.length), value]);
  if (Array.isArray(value)) return Buffer.concat([cborHead(4, value.length), ...value.map(cbor)]);
  const pairs = [...value].flatMap(([key, content]) => [cbor(key), cbor(content)]);
  return Buffer.concat([cborHead(5, value.size), ...pairs]);
}

function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.from([(major << 5) | 25, length >> 8, length & 0xff]);
}
