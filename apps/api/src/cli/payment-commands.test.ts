import { startStandIn } from "@yumroad/stripe-stand-in";
import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { runCommandLine } from "./command-line.ts";

const PRODUCTION = {
  ...{ LOG_LEVEL: "silent", PUBLIC_URL: "https://shop.example" },
  ...{ SESSION_SECRET: "s".repeat(40), PASSWORD_PEPPER: "p".repeat(40) },
};
const KEY = "rk_test_of_a_shop";

async function run(words: string, settings: Record<string, string> = {}) {
  const folder = temporaryFolder();
  onTestFinished(folder.remove);
  let [out, err] = ["", ""];
  const status = await runCommandLine(words.split(" "), {
    env: { DATA_DIR: `${folder.path}/data`, ...PRODUCTION, ...settings },
    output: { write: (text) => (out += text) },
    complaints: { write: (text) => (err += text) },
  });
  return { status, out, err };
}

it("R116: the doctor says what keeps the shop from taking real money", async () => {
  expect(await run("doctor")).toMatchObject({
    status: 0,
    out: expect.stringMatching(/^LOOK\tPayments by Stripe are off/),
  });
  const stripe = await startStandIn({ key: KEY });
  onTestFinished(stripe.close);
  const settings = { STRIPE_SECRET_KEY: KEY, STRIPE_API_URL: stripe.url };
  const { status, out, err } = await run("doctor", settings);
  expect(status).toBe(1);
  expect(out).toContain("FIX\tStripe has no endpoint for this shop\n\tRun “pnpm yumroad stripe connect”");
  expect(err).toContain("keep the shop from taking real money");
});

it("R116: connecting to Stripe makes the endpoint once, and mends it", async () => {
  const stripe = await startStandIn({ key: KEY });
  onTestFinished(stripe.close);
  const connect = () => run("stripe connect", { STRIPE_SECRET_KEY: KEY, STRIPE_API_URL: stripe.url });
  const { out } = await connect();
  const [endpoint] = stripe.webhooks.endpoints;
  expect(out).toContain(`STRIPE_WEBHOOK_SECRET=${endpoint?.secret}`);
  expect(endpoint?.url).toBe("https://shop.example/webhooks/stripe");
  Object.assign(endpoint ?? {}, { events: ["refund.failed"], isDisabled: true });
  expect((await connect()).out).toContain("Stripe now sends all that is needed");
  expect(endpoint).toMatchObject({ isDisabled: false, events: expect.arrayContaining(["refund.created"]) });
  expect((await connect()).out).toContain("Stripe sends all that is needed");
  expect(stripe.webhooks.endpoints).toHaveLength(1);
});

it("R116: connecting without a key, or with a wrong one, says what to do", async () => {
  expect((await run("stripe connect")).err).toContain("STRIPE_SECRET_KEY is not set");
  const stripe = await startStandIn({ key: "rk_test_another" });
  onTestFinished(stripe.close);
  const { status, err } = await run("stripe connect", { STRIPE_SECRET_KEY: KEY, STRIPE_API_URL: stripe.url });
  expect([status, err]).toEqual([1, expect.stringContaining("Stripe did not make the endpoint")]);
  expect(err).not.toContain(KEY);
});
