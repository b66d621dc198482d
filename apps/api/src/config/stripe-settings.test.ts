import { expect, it } from "vitest";
import { isLoopbackName } from "./env.ts";
import { readStripe } from "./stripe-settings.ts";

const KEY = "rk_live_1234567890";
const LIVE = { STRIPE_SECRET_KEY: KEY, STRIPE_WEBHOOK_SECRET: "whsec_1234567890" };

function read(settings: Record<string, string>, isLocalDemo = false) {
  const faults: string[] = [];
  const stripe = readStripe((name) => settings[name], { isLocalDemo, isLoopback: isLoopbackName }, faults);
  return { stripe, faults };
}

it("R114: a shop without a key of Stripe does not use it", () => {
  expect(read({})).toEqual({ stripe: null, faults: [] });
});

it("R114: the settings of Stripe are read", () => {
  const more = { STRIPE_TAX: "managed", STRIPE_TAX_CODE: "txcd_10302000", STRIPE_API_URL: "http://127.0.0.1:4242" };
  expect(read({ ...LIVE, ...more, STRIPE_WEBHOOK_SECRET: "whsec_newer_one, whsec_1234567890" })).toEqual({
    stripe: {
      ...{ key: KEY, isLive: true, webhookSecrets: ["whsec_newer_one", "whsec_1234567890"], tax: "managed" },
      ...{ taxCode: "txcd_10302000", apiUrl: new URL("http://127.0.0.1:4242") },
    },
    faults: [],
  });
  expect(read({ STRIPE_SECRET_KEY: "sk_test_1234567890" }, true)).toMatchObject({
    stripe: { isLive: false, webhookSecrets: [], tax: "none", taxCode: null, apiUrl: null },
    faults: [],
  });
});

it.each([
  ["a publishable key", { STRIPE_SECRET_KEY: "pk_live_1234567890" }, "is a publishable key"],
  ["the secrets swapped", { STRIPE_SECRET_KEY: "whsec_1234567890" }, "is the secret of a webhook endpoint"],
  ["no key", { STRIPE_SECRET_KEY: "sk_live" }, "is no key of Stripe"],
  ["a secret without its key", { STRIPE_SECRET_KEY: "" }, "without STRIPE_SECRET_KEY"],
  ["a key as the secret", { STRIPE_WEBHOOK_SECRET: KEY }, "is no secret of a webhook endpoint"],
  ["another kind of tax", { STRIPE_TAX: "vat" }, 'STRIPE_TAX is "vat"'],
  ["taxes without a code", { STRIPE_TAX: "stripe_tax" }, "STRIPE_TAX_CODE is not set"],
  ["another code", { STRIPE_TAX: "managed", STRIPE_TAX_CODE: "software" }, 'STRIPE_TAX_CODE is "software"'],
  ["another Stripe", { STRIPE_API_URL: "http://stripe.example" }, "STRIPE_API_URL is not on this machine"],
])("R114: %s is one fault, with its mend and without the secret", (_what, settings, words) => {
  const given = Object.fromEntries(Object.entries({ ...LIVE, ...settings }).filter(([, value]) => value !== ""));
  const { faults } = read(given);
  expect(faults).toEqual([expect.stringMatching(new RegExp(`${words}.*: .{10,}`))]);
  expect(faults[0]).not.toContain("1234567890");
});

it("R114: a live key is refused in the local demo", () => {
  expect(read(LIVE, true).faults).toEqual([expect.stringContaining("is a live key, and this is the local demo")]);
});
