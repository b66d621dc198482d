import { randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { Clock } from "../../platform/lib/clock.ts";
import type { SealedBox } from "../../platform/lib/sealed-box.ts";

/** Codes of an authenticator app (RFC 6238). Secrets leave it sealed, but for the moment in which they are shown. */
export interface Totp {
  /** A new secret for an account: in base32 to be shown, as the address that its QR code holds, and sealed to be kept. */
  make(account: { id: string; email: string }): { secret: string; uri: string; sealed: string };
  /** The time step, one before or after the present one at most, that a code of six digits is right for; null for none. */
  stepOf(code: string, sealed: string, accountId: string): number | null;
  /** The same secret, sealed with the newest key. */
  resealed(sealed: string, accountId: string): string;
}

interface TotpOptions {
  /** Under this name the app shows it. */
  issuer: string;
  box: SealedBox;
  clock: Clock;
}

/** RFC 4226, 4: 160 bits. */
const SECRET_BYTES = 20;
// What every app can do, and some take for granted whatever the address says.
const MANNERS = { algorithm: "SHA1", digits: 6, period: 30 };
/** A clock that is slow or fast by half a minute, and the time that typing takes (RFC 6238, 5.2). */
const STEPS_AROUND = 1;

export function createTotp({ issuer, box, clock }: TotpOptions): Totp {
  return {
    make({ id, email }) {
      const bytes = Uint8Array.from(randomBytes(SECRET_BYTES));
      const totp = new TOTP({ ...MANNERS, issuer, label: email, secret: new Secret({ buffer: bytes.buffer }) });
      const secret = totp.secret.base32;
      return { secret, uri: totp.toString(), sealed: box.seal(secret, id) };
    },

    stepOf(code, sealed, accountId) {
      const totp = new TOTP({ ...MANNERS, secret: Secret.fromBase32(box.open(sealed, accountId)) });
      const timestamp = clock.now();
      const distance = totp.validate({ token: code, timestamp, window: STEPS_AROUND });
      return distance === null ? null : totp.counter({ timestamp }) + distance;
    },

    resealed: (sealed, accountId) =>
      box.isOutdated(sealed) ? box.seal(box.open(sealed, accountId), accountId) : sealed,
  };
}
