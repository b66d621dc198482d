import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { LiveSession } from "./sessions.ts";
import { line } from "./text.ts";
import { Timestamp } from "./timestamp.ts";

/**
 * Maximum length of each base64url field in an authenticator's response, in characters. The server refuses
 * certificates, and a response without certificates is far shorter.
 */
export const PASSKEY_PART_MAX_LENGTH = 8192;

const Base64Url = z.string().check(z.maxLength(PASSKEY_PART_MAX_LENGTH, { abort: true }), z.regex(/^[\w-]+={0,2}$/));

const credential = {
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal("public-key"),
  authenticatorAttachment: z.optional(z.nullable(z.enum(["platform", "cross-platform"]))),
  /** Results of WebAuthn extensions: required by the format but ignored, since the server requests no extension. */
  clientExtensionResults: z.looseObject({}),
};

/** The authenticator's response at a login (WebAuthn, AuthenticationResponseJSON). */
export const PasskeyAssertion = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: z.optional(Base64Url),
  }),
});
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;

/** The authenticator's response after creating a passkey (WebAuthn, RegistrationResponseJSON). */
export const PasskeyAttestation = z.strictObject({
  ...credential,
  response: z.strictObject({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    authenticatorData: z.optional(Base64Url),
    transports: z.optional(z.array(z.string())),
    publicKeyAlgorithm: z.optional(z.int()),
    publicKey: z.optional(Base64Url),
  }),
});
export type PasskeyAttestation = z.infer<typeof PasskeyAttestation>;

export const PASSKEY_NAME_LENGTH = { min: 1, max: 60 } as const;

export const PasskeyName = line({ field: "name", ...PASSKEY_NAME_LENGTH });

export const Passkey = z.strictObject({
  handle: z.string(),
  name: z.string(),
  createdAt: Timestamp,
  lastUsedAt: z.nullable(Timestamp),
  /** True for a passkey that its provider copies to the user's other devices. */
  isSynced: z.boolean(),
});
export type Passkey = z.infer<typeof Passkey>;

export const PasskeyHandle = z.strictObject({ handle: z.string().check(z.regex(/^[\w-]{22,36}$/)) });

/** Options of the browser's WebAuthn call in JSON form, as `@simplewebauthn/browser` reads them. */
const Options = z.looseObject({ challenge: z.string() });

export const passkeyEndpoints = {
  loginOptions: endpoint({
    method: "POST",
    path: "/api/auth/passkey/options",
    access: "public",
    summary: "Options for the browser to ask for a passkey. The challenge works once, for five minutes",
    success: { status: 200, body: Options },
    problems: ["rate_limited"],
    never: ["database_unavailable"],
  }),

  login: endpoint({
    method: "POST",
    path: "/api/auth/passkey",
    access: "anyone",
    summary: "Log in with a passkey, which counts as both factors",
    body: z.strictObject({ passkey: PasskeyAssertion, remember: z.optional(z.boolean(fault("remember_invalid"))) }),
    success: { status: 200, body: LiveSession },
    problems: ["invalid_passkey", "rate_limited", "secure_cookie_impossible"],
  }),

  reauthenticate: endpoint({
    method: "POST",
    path: "/api/account/reauthenticate/passkey",
    access: "user",
    summary: "Confirm it’s you with a passkey. The session gets a new id",
    body: z.strictObject({ passkey: PasskeyAssertion }),
    success: { status: 200, body: LiveSession },
    problems: ["invalid_passkey", "rate_limited"],
  }),

  list: endpoint({
    method: "GET",
    path: "/api/account/passkeys",
    access: "user",
    summary: "Your passkeys, oldest first",
    success: { status: 200, body: z.strictObject({ items: z.array(Passkey) }) },
    problems: [],
  }),

  creationOptions: endpoint({
    method: "POST",
    path: "/api/account/passkey-options",
    access: "user",
    fresh: true,
    summary: "Options for the browser to create a passkey",
    success: { status: 200, body: Options },
    problems: ["email_unverified"],
  }),

  add: endpoint({
    method: "POST",
    path: "/api/account/passkeys",
    access: "user",
    fresh: true,
    summary: "Add a passkey that the browser has created",
    body: z.strictObject({ passkey: PasskeyAttestation, name: PasskeyName }),
    success: { status: 201, body: Passkey },
    limits: ["factorChanges"],
    problems: ["email_unverified", "invalid_passkey", "already_set_up", "rate_limited"],
  }),

  remove: endpoint({
    method: "DELETE",
    path: "/api/account/passkeys/:handle",
    access: "user",
    whose: "own",
    fresh: true,
    summary: "Remove one of your passkeys",
    params: PasskeyHandle,
    success: { status: 204, body: null },
    problems: [],
  }),
};
