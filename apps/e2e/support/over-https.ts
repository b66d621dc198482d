import { randomBytes } from "node:crypto";
import { errorsIn, startServer } from "./server.ts";
import { test as base, expect, skipWithout } from "./test.ts";
import { startTlsFront, whyNoTls } from "./tls-front.ts";

/**
 * Journeys through a shop as docs/self-hosting.md sets it up: in production, behind one proxy that ends TLS. Its browsers
 * have to ignore errors of https, because the certificate is made for the run. A fixture that overrides `settings` can
 * add some that are known only when the journey begins.
 */
export function overHttps(settings: Record<string, string> = {}) {
  return base.extend<{ settings: Record<string, string> }>({
    settings: [settings, { option: true }],

    server: async ({ store, settings }, use, testInfo) => {
      skipWithout("https", whyNoTls(), testInfo);
      const front = await startTlsFront();
      const secret = () => randomBytes(32).toString("base64");
      const secrets = { SESSION_SECRET: secret(), PASSWORD_PEPPER: secret() };
      const server = await startServer(store, { PUBLIC_URL: front.url, TRUST_PROXY: "1", ...secrets, ...settings });
      front.forwardTo(Number(new URL(server.url).port));
      await use({ ...server, url: front.url });
      await front.close();
      await server.stop();
      expect(errorsIn(server.log()), "The server logged errors").toEqual([]);
    },
  });
}
