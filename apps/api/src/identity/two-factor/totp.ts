import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Clock } from "../../platform/lib/clock.ts";
import type { SealedBox } from "../../platform/lib/sealed-box.ts";

/**
 * Codes of an authenticator app (RFC 6238). Stored secrets are sealed; a secret is in plain text only when it is shown
 * once.
 */
export interface Totp {
  /**
   * Makes a secret for an account: `secret` in base32 and `uri` for a QR code, both to be shown, and `sealed` to be
   * stored. `issuer`: the name under which the app shows the account.
   */
  createSecret(account: { id: string; email: string; issuer: string }): { secret: string; uri: string; sealed: string };
  /** Returns the time step that the six digits match: the current, previous or next one; null: none. */
  timeStepOf(code: string, sealed: string, accountId: string): number | null;
  /** Returns the secret sealed with the newest key; a secret that is sealed with it already stays as it is. */
  resealed(sealed: string, accountId: string): string;
}

interface TotpOptions {
  box: SealedBox;
  clock: Clock;
}

/** Length of a secret: 160 bits (RFC 4226, 4). */
const SECRET_BYTES = 20;
// The values that every app supports; some apps use them even if the URI says otherwise.
const PARAMETERS = { algorithm: "SHA1", digits: 6, period: 30 };
/**
 * Accepted distance from the current time step: allows for a clock that is half a minute slow or fast, and for the time
 * of typing (RFC 6238, 5.2).
 */
const WINDOW_STEPS = 1;

export function createTotp({ box, clock }: TotpOptions): Totp {
  return {
    createSecret({ id, email, issuer }) {
      const bytes = Uint8Array.from(randomBytes(SECRET_BYTES));
      const secretBytes = new Secret({ buffer: bytes.buffer });
      const totp = new TOTP({ ...PARAMETERS, issuer: withoutColons(issuer), label: email, secret: secretBytes });
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

/** Apps read the label of an account as `issuer:account`, so neither may contain a colon, not even an encoded one. */
function withoutColons(issuer: string): string {
  return issuer.replaceAll(":", " ").replace(/\s+/g, " ").trim() || "Shop";
}

/** Returns the six digits of an authenticator app's code, without blanks and dashes; null: the text is no such code. */
export function digitsOf(code: string): string | null {
  const digits = code.replace(/[ -]/g, "");
  return /^\d{6}$/.test(digits) ? digits : null;
}
