import { Secret, TOTP } from "otpauth";

/** The app on somebody's phone that shows codes. */
export interface AuthenticatorApp {
  /** A code that was not given before, as each is good once. Waits for it, as a person does. */
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
      // The next one will do as well: the server has to bear with a clock that is fast by half a minute.
      const goodFrom = (given - 1) * PERIOD_MS;
      if (goodFrom > Date.now()) await new Promise((resolve) => setTimeout(resolve, goodFrom - Date.now()));
      return totp.generate({ timestamp: given * PERIOD_MS });
    },
  };
}
