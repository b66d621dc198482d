import { Secret, TOTP } from "otpauth";

/** An authenticator app on a phone. */
export interface AuthenticatorApp {
  /** Waits for a code that was not used before, because each is valid once. */
  nextCode(): Promise<string>;
}

const PERIOD_MS = 30_000;

export function authenticatorApp(secret: string): AuthenticatorApp {
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  let given = 0;
  return {
    async nextCode() {
      const now = Math.floor(Date.now() / PERIOD_MS);
      given = Math.max(now, given + 1);
      // The next code will do as well: the server accepts a clock that is half a minute fast.
      const goodFrom = (given - 1) * PERIOD_MS;
      if (goodFrom > Date.now()) await new Promise((resolve) => setTimeout(resolve, goodFrom - Date.now()));
      return totp.generate({ timestamp: given * PERIOD_MS });
    },
  };
}
