import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { decodeAttestationObject, isoBase64URL } from "@simplewebauthn/server/helpers";
import type { PasskeyAssertion, PasskeyAttestation, User } from "@yumroad/contract";
import type { Clock } from "../../platform/lib/clock.ts";
import { type Challenge, type Challenges, type ChallengeUse, createChallenges } from "./challenges.ts";
import type { PasskeyRow } from "./queries.ts";

export interface RightAssertion {
  challenge: Challenge;
  counter: number;
  isSynced: boolean;
}

export interface RightAttestation extends RightAssertion {
  credentialId: string;
  /** The public key in COSE format, in base64url. */
  publicKey: string;
}

interface NewPasskeyAccount {
  user: User;
  existing: KnownPasskey[];
  /** The name under which the passkey is kept. */
  shopName: string;
}

type KnownPasskey = Pick<PasskeyRow, "credentialId" | "publicKey" | "transports">;

/** The server's side of WebAuthn. Its domain and origin come from the settings, never from a request. */
export interface RelyingParty {
  loginOptions(): Promise<{ challenge: string }>;
  creationOptions(account: NewPasskeyAccount): Promise<{ challenge: string }>;
  /**
   * Checks that this passkey of this account signed an answer to `loginOptions`, with user verification. Null: it did
   * not. The caller has to check that the challenge is unused and that the counter has grown.
   */
  checkAssertion(
    assertion: PasskeyAssertion,
    passkey: KnownPasskey & { userId: string },
  ): Promise<RightAssertion | null>;
  /** Checks that an answer to `creationOptions` was made for this account. Null: it was not. */
  checkAttestation(attestation: PasskeyAttestation, accountId: string): Promise<RightAttestation | null>;
}

interface RelyingPartyOptions {
  publicUrl: URL;
  secrets: readonly string[];
  clock: Clock;
  challengeMs: number;
}

/** COSE numbers of EdDSA, ECDSA on P-256 and RSA, which are the algorithms of common authenticators. */
const ALGORITHMS = [-8, -7, -257];

export function createRelyingParty({ publicUrl, secrets, clock, challengeMs }: RelyingPartyOptions): RelyingParty {
  const challenges = createChallenges({ secrets, clock, lifetimeMs: challengeMs });
  return { ...createOptions({ publicUrl, challengeMs }, challenges), ...createChecks(publicUrl, challenges) };
}

function createOptions(
  { publicUrl, challengeMs }: Pick<RelyingPartyOptions, "publicUrl" | "challengeMs">,
  challenges: Challenges,
): Pick<RelyingParty, "loginOptions" | "creationOptions"> {
  const rpID = publicUrl.hostname;
  return {
    loginOptions: () =>
      generateAuthenticationOptions({
        rpID,
        challenge: challenges.issue({ kind: "log-in" }),
        timeout: challengeMs,
        userVerification: "required",
      }),

    creationOptions: ({ user, existing, shopName }) =>
      generateRegistrationOptions({
        rpName: shopName,
        rpID,
        userID: Uint8Array.from(Buffer.from(user.id)),
        userName: user.email,
        userDisplayName: user.name,
        challenge: challenges.issue({ kind: "registration", accountId: user.id }),
        timeout: challengeMs,
        attestationType: "none",
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        excludeCredentials: existing.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
        supportedAlgorithmIDs: ALGORITHMS,
      }),
  };
}

function createChecks(
  publicUrl: URL,
  challenges: Challenges,
): Pick<RelyingParty, "checkAssertion" | "checkAttestation"> {
  const expected = {
    expectedOrigin: publicUrl.origin,
    expectedRPID: publicUrl.hostname,
    requireUserVerification: true,
  };
  return {
    async checkAssertion(assertion, { credentialId, publicKey, transports, userId }) {
      // The answer's user handle has to be that of the passkey's owner (WebAuthn, 7.2, step 6).
      if (assertion.response.userHandle !== userHandleOf(userId)) return null;
      const { seen, expectedChallenge } = createReader(challenges, { kind: "log-in" });
      // Counter 0 disables the library's check. `updatePasskey` checks in its SQL update that the counter has grown, so
      // that two concurrent answers can't both succeed.
      const credential = { id: credentialId, publicKey: isoBase64URL.toBuffer(publicKey), counter: 0, transports };
      const response = assertion as Parameters<typeof verifyAuthenticationResponse>[0]["response"];
      const { verified, authenticationInfo } =
        (await orNull(() => verifyAuthenticationResponse({ ...expected, response, expectedChallenge, credential }))) ??
        {};
      if (!verified || !authenticationInfo || !seen.challenge) return null;
      const { newCounter, credentialBackedUp } = authenticationInfo;
      return { challenge: seen.challenge, counter: newCounter, isSynced: credentialBackedUp };
    },

    async checkAttestation(attestation, accountId) {
      if (!(await orNull(async () => hasNoCertificate(attestation)))) return null;
      const { seen, expectedChallenge } = createReader(challenges, { kind: "registration", accountId });
      const response = attestation as Parameters<typeof verifyRegistrationResponse>[0]["response"];
      const options = { ...expected, response, expectedChallenge, supportedAlgorithmIDs: ALGORITHMS };
      const { registrationInfo } = (await orNull(() => verifyRegistrationResponse(options))) ?? {};
      if (!registrationInfo || !seen.challenge || registrationInfo.credential.id !== attestation.id) return null;
      const { credential, credentialBackedUp } = registrationInfo;
      return {
        challenge: seen.challenge,
        counter: credential.counter,
        isSynced: credentialBackedUp,
        credentialId: credential.id,
        publicKey: isoBase64URL.fromBuffer(credential.publicKey),
      };
    },
  };
}

/**
 * Makes the callback by which the library checks the challenge. After the library has called it, `seen` holds the
 * challenge.
 */
function createReader(challenges: Challenges, use: ChallengeUse) {
  const seen: { challenge: Challenge | null } = { challenge: null };
  const expectedChallenge = (text: string) => {
    seen.challenge = challenges.read(text, use);
    return seen.challenge !== null;
  };
  return { seen, expectedChallenge };
}

/** The user handle that authenticators store: the account's random id, which reveals nothing about its owner. */
function userHandleOf(userId: string): string {
  return Buffer.from(userId).toString("base64url");
}

/**
 * Tells if an attestation contains no certificate. The options request no attestation, so browsers send none, or a
 * signature by the passkey itself. Anything else is refused before the library checks it: to check a certificate, the
 * library would fetch a URL in the certificate, which the sender chooses.
 */
function hasNoCertificate({ response }: PasskeyAttestation): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get("fmt");
  return format === "none" || (format === "packed" && attestation.get("attStmt").get("x5c") === undefined);
}

/** Returns null if `check` throws, because the library throws for every wrong or malformed answer of a client. */
async function orNull<Result>(check: () => Promise<Result>): Promise<Result | null> {
  try {
    return await check();
  } catch {
    return null;
  }
}
