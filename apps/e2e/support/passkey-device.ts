import type { Page } from "@playwright/test";

/** A device that keeps passkeys, like a laptop with a fingerprint reader. */
export interface PasskeyDevice {
  /** Touches the sensor, performs the action that asks for it, and lets go when `done` has seen the result. */
  approve(ask: () => Promise<void>, done: () => Promise<void>): Promise<void>;
}

/** Adds such a device to a tab. It approves nothing untouched, because a login page offers passkeys without a click. */
export async function addPasskeyDevice(page: Page): Promise<PasskeyDevice> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  });
  const setTouched = (enabled: boolean) =>
    devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  return {
    async approve(ask, done) {
      await setTouched(true);
      await ask();
      await done();
      await setTouched(false);
    },
  };
}
