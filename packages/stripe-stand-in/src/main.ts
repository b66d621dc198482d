// Runs the stand-in as a process of its own, for trying a shop without an account at Stripe:
//   PORT=4242 STRIPE_KEY=sk_test_anything1 WEBHOOK_URL=http://localhost:3000/webhooks/stripe \
//   WEBHOOK_SECRET=whsec_anything1 pnpm --filter @yumroad/stripe-stand-in start
import { startStandIn } from "./stand-in.ts";

const { PORT = "4242", STRIPE_KEY = "sk_test_stand_in", WEBHOOK_URL, WEBHOOK_SECRET = "" } = process.env;
const endpoints = WEBHOOK_URL ? [{ url: WEBHOOK_URL, secret: WEBHOOK_SECRET, events: ["*"] }] : [];
const { url, close } = await startStandIn({ key: STRIPE_KEY, port: Number(PORT), endpoints });
process.stdout.write(`${JSON.stringify({ msg: "ready", url, dashboard: `${url}/dashboard` })}\n`);
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void close());
