import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Clock } from "../../platform/lib/clock.ts";
import type { SealedBox } from "../../platform/lib/sealed-box.ts";

/** Codes of an authenticator app (RFC 6238). Secrets are returned sealed, except to be shown once. */
export interface Totp {
  /** A new secret for an account: in base32 to be shown, as the URI of its QR code, and sealed to be stored. */
  createSecret(account: { id: string; email: string }): { secret: string; uri: string; sealed: string };
  /** The time step that matches six digits, at most one before or after the current one; null for none. */
  timeStepOf(code: string, sealed: string, accountId: string): number | null;
  /** The same secret, sealed with the newest key. */
  resealed(sealed: string, accountId: string): string;
}

interface TotpOptions {
  /** The name under which the app shows the account. */
  issuer: string;
  box: SealedBox;
  clock: Clock;
}

/** RFC 4226, 4: 160 bits. */
const SECRET_BYTES = 20;
// The values that every app supports; some assume them even if the URI says otherwise.
const PARAMETERS = { algorithm: "SHA1", digits: 6, period: 30 };
/** Allows for a clock that is half a minute slow or fast, and for the time of typing (RFC 6238, 5.2). */
const WINDOW_STEPS = 1;

export function createTotp({ issuer, box, clock }: TotpOptions): Totp {
  return {
    createSecret({ id, email }) {
      const bytes = Uint8Array.from(randomBytes(SECRET_BYTES));
      const totp = new TOTP({ ...PARAMETERS, issuer, label: email, secret: new Secret({ buffer: bytes.buffer }) });
      const secret = totp.secret.base32;
      return { secret, uri: totp.toString(), sealed: box.seal(secret, id) };
    },

    timeStepOf(code, sealed, accountId) {
      const totp = new TOTP({ ...PARAMETERS, secret: Secret.fromBase32(box.open(sealed, accountId)) });
      const timestamp = clock.now();
      const distance = totp.validate({ token: code, timestamp, window: WINDOW_STEPS });
      return distance === null ? null : totp.counter({ timestamp }) + distance;
    },

    resealed: (sealed, accountId) =>
      box.isOutdated(sealed) ? box.seal(box.open(sealed, accountId), accountId) : sealed,
  };
}

/** The digits of an authenticator app's code, without blanks; null for a text that can't be one. */
export function digitsOf(code: string): string | null {
  const digits = code.replace(/[ -]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
