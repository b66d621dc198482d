import type { Config } from "../config/env.ts";
import type { Database } from "../platform/db/database.ts";
import type { Clock } from "../platform/lib/clock.ts";
import type { Logger } from "../platform/lib/logger.ts";
import type { Mailer } from "../platform/mail/mailer.ts";
import { createFindMissingForSale } from "./orders/find-missing-for-sale.ts";
import { chooseProvider } from "./payments/choose-provider.ts";
import { createManualProvider } from "./payments/create-manual-provider.ts";
import { createDemoProvider } from "./payments/demo-provider.ts";
import type { PaymentProvider, PaymentProviders } from "./payments/payment-provider.ts";

interface PaymentOptions {
  config: Config;
  clock: Clock;
  logger: Logger;
  database: Database;
  mailer: Mailer;
  /** The address of this process, if it is not the configured one. */
  ownUrl?: () => string;
}

/** The providers of payments: in the local demo one in which no money moves. */
export async function createPayments(options: PaymentOptions) {
  const { config, clock, logger, database, mailer, ownUrl } = options;
  const { isLocalDemo, publicUrl, sessionSecrets: secrets, host, port } = config;
  const parts = {
    database,
    clock,
    logger,
    secrets,
    publicUrl,
    ownUrl: ownUrl ?? (() => `http://${host.includes(":") ? `[${host}]` : host}:${port}`),
  };
  const demoProvider = isLocalDemo ? createDemoProvider(parts) : null;
  const manual = createManualProvider({ clock });
  const stripe = await createStripe(options);
  const all: PaymentProvider[] = [manual, ...(demoProvider ? [demoProvider] : []), ...(stripe ? [stripe] : [])];
  const payments: PaymentProviders = new Map(all.map((provider) => [provider.name, provider]));
  const providerFor = chooseProvider({ stripe: takesRealMoney(config) ? stripe : null, demo: demoProvider, manual });
  // In the local demo no money moves, so nothing has to be in place.
  const findMissingForSale = demoProvider ? async () => [] : createFindMissingForSale({ mailer, providerFor });
  return { demoProvider, payments, providerFor, findMissingForSale };
}

/** Real money needs webhooks and https. In the local demo no real money moves, whatever the key. */
function takesRealMoney({ stripe, isLocalDemo, publicUrl }: Config): boolean {
  if (stripe === null || isLocalDemo) return stripe !== null;
  return stripe.webhookSecrets.length > 0 && (publicUrl.protocol === "https:" || !stripe.isLive);
}

/** Loads Stripe's SDK only for a shop that uses it: it takes 30 MiB of memory. */
async function createStripe({ config, clock, logger, ownUrl }: PaymentOptions): Promise<PaymentProvider | null> {
  const { stripe: settings, publicUrl, isLocalDemo } = config;
  if (settings === null) return null;
  const { createStripeProvider } = await import("./stripe/create-stripe-provider.ts");
  return createStripeProvider({ settings, publicUrl, ownUrl, isLocalDemo, clock, logger });
}
