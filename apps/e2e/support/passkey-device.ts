import type { Page } from "@playwright/test";

/** Something that keeps passkeys, as a laptop with a fingerprint reader does. */
export interface PasskeyDevice {
  /** Puts a finger on it, does what has it asked, and takes the finger away once `done` has seen what comes of it. */
  approve(ask: () => Promise<void>, done: () => Promise<void>): Promise<void>;
}

/** Gives a tab such a device. Untouched it says nothing: a log-in page offers passkeys without anybody asking for it. */
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
