import type { Dependencies } from "../dependencies.ts";
import { checkSetup } from "../operator/payments/check-setup.ts";
import { backgroundContext } from "../platform/http/background-context.ts";
import { CommandRefused } from "./user-commands.ts";

const MARKS = { red: "FIX", amber: "LOOK", good: "OK" } as const;

/** Yields what keeps the shop from taking real money, each with its remedy. Is refused at the end if something does. */
export async function* printDoctor(dependencies: Dependencies): AsyncGenerator<string> {
  const findings = await checkSetup({ ...backgroundContext(dependencies), ...dependencies });
  for (const { level, title, remedy } of findings) yield `${MARKS[level]}\t${title}${remedy && `\n\t${remedy}`}`;
  const red = findings.filter(({ level }) => level === "red").length;
  if (red > 0) throw new CommandRefused(`${red} of these keep the shop from taking real money.`);
}

/** Makes the endpoint for webhooks at Stripe, and yields what to set. */
export async function* connectStripe({ config }: Dependencies): AsyncGenerator<string> {
  const { stripe: settings, publicUrl } = config;
  if (settings === null) throw new CommandRefused("STRIPE_SECRET_KEY is not set: copy a restricted key from Stripe.");
  const [{ createStripeClient }, { connectEndpoint, webhookUrl }] = await Promise.all([
    import("../sales/stripe/create-stripe-provider.ts"),
    import("../sales/stripe/connect-endpoint.ts"),
  ]);
  const url = webhookUrl(publicUrl);
  const outcome = await connectEndpoint(createStripeClient(settings), publicUrl).catch((error: Error) => {
    throw new CommandRefused(`Stripe did not make the endpoint ${url}: ${error.message}`);
  });
  if (outcome.kind === "made") {
    yield `Stripe sends webhooks to ${url} from now on. Set this, and restart the server:`;
    yield `STRIPE_WEBHOOK_SECRET=${outcome.secret}`;
    return;
  }
  yield `Stripe ${outcome.kind === "kept" ? "sends" : "now sends"} all that is needed to ${url}.`;
  if (settings.webhookSecrets.length === 0)
    yield "Its secret is on the endpoint's page in Stripe's dashboard: set it as STRIPE_WEBHOOK_SECRET.";
}
