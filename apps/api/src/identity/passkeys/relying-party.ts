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
  /** COSE, in base64url. */
  publicKey: string;
}

type KnownPasskey = Pick<PasskeyRow, "credentialId" | "publicKey" | "transports">;

/** The server's side of WebAuthn. Its identity comes from the settings alone, never from a request. */
export interface RelyingParty {
  loginOptions(): Promise<{ challenge: string }>;
  creationOptions(user: User, existing: KnownPasskey[]): Promise<{ challenge: string }>;
  /**
   * Checks that an answer to `loginOptions` was signed by this passkey of this account, with user verification. Null:
   * it was not. Neither reuse of the challenge nor the counter is checked here.
   */
  checkAssertion(
    assertion: PasskeyAssertion,
    passkey: KnownPasskey & { userId: string },
  ): Promise<RightAssertion | null>;
  /** Checks that an answer to `creationOptions` belongs to this account. Null: it does not. */
  checkAttestation(attestation: PasskeyAttestation, accountId: string): Promise<RightAttestation | null>;
}

interface RelyingPartyOptions {
  publicUrl: URL;
  secrets: readonly string[];
  clock: Clock;
  challengeMs: number;
}

const NAME = "Yumroad";
/** EdDSA, ECDSA on P-256, RSA: the algorithms of common authenticators. */
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

    creationOptions: (user, existing) =>
      generateRegistrationOptions({
        rpName: NAME,
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
      // The answer's user handle has to be the passkey's owner (WebAuthn, 7.2, step 6).
      if (assertion.response.userHandle !== userHandleOf(userId)) return null;
      const { seen, expectedChallenge } = createReader(challenges, { kind: "log-in" });
      // Counter 0 disables the library's check: the growth is checked by the update, so that two concurrent answers
      // can't both succeed.
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

/** Reads the challenge in the library's callback and keeps the result. */
function createReader(challenges: Challenges, use: ChallengeUse) {
  const seen: { challenge: Challenge | null } = { challenge: null };
  const expectedChallenge = (text: string) => {
    seen.challenge = challenges.read(text, use);
    return seen.challenge !== null;
  };
  return { seen, expectedChallenge };
}

/** The account's user handle for authenticators: its random id, which reveals nothing of its owner. */
function userHandleOf(userId: string): string {
  return Buffer.from(userId).toString("base64url");
}

/**
 * The options request no attestation, and browsers then send none, or the passkey's own signature. Anything else is
 * refused unread: to check a certificate, the library would fetch an address in it, which the sender chooses.
 */
function hasNoCertificate({ response }: PasskeyAttestation): boolean {
  const attestation = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const format = attestation.get("fmt");
  return format === "none" || (format === "packed" && attestation.get("attStmt").get("x5c") === undefined);
}

/** The library throws for every wrong or malformed answer; none of these is a server fault. */
async function orNull<Result>(check: () => Promise<Result>): Promise<Result | null> {
  try {
    return await check();
  } catch {
    return null;
  }
}
