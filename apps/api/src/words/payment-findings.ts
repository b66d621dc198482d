interface FindingWords {
  title: string;
  /** What to do about it; empty: nothing. */
  remedy: string;
}

type Params = Readonly<Record<string, string>>;

/** What a check of the payments can find. */
const findings = {
  stripe_off: () => ({
    title: "Payments by Stripe are off",
    remedy: "Set STRIPE_SECRET_KEY to take cards. Until then buyers pay as the sellers’ own words say.",
  }),
  stripe_ready: () => ({ title: "Stripe is ready", remedy: "" }),
  stripe_test_mode: () => ({
    title: "Stripe is in test mode: no money moves, and only operators can buy",
    remedy: "Set STRIPE_SECRET_KEY to a live key (rk_live_…), and STRIPE_WEBHOOK_SECRET to the secret of its endpoint.",
  }),
  stripe_unreachable: () => ({
    title: "Stripe can’t be reached",
    remedy: "Let this server open connections to api.stripe.com, and look at status.stripe.com.",
  }),
  stripe_key_refused: () => ({
    title: "Stripe refuses the key",
    remedy:
      "Copy a new restricted key from Stripe’s dashboard to STRIPE_SECRET_KEY: this one has expired or was rolled.",
  }),
  stripe_key_lacks: ({ permissions }: Params) => ({
    title: "The key lacks permissions",
    remedy: `Edit the restricted key in Stripe’s dashboard and add: ${permissions}.`,
  }),
  stripe_account_incomplete: () => ({
    title: "The Stripe account can’t take payments yet",
    remedy: "Finish your account in Stripe’s dashboard: it lists what is missing.",
  }),
  webhook_secret_missing: () => ({
    title: "The webhook secret is missing",
    remedy:
      "Run “pnpm yumroad stripe connect”, which makes the endpoint, and set STRIPE_WEBHOOK_SECRET to what it prints.",
  }),
  webhook_endpoint_missing: ({ url }: Params) => ({
    title: "Stripe has no endpoint for this shop",
    remedy: `Run “pnpm yumroad stripe connect”, or add ${url} under Webhooks in Stripe’s dashboard.`,
  }),
  webhook_endpoint_disabled: ({ url }: Params) => ({
    title: "The endpoint for webhooks is disabled",
    remedy: `Run “pnpm yumroad stripe connect”, or enable ${url} under Webhooks in Stripe’s dashboard.`,
  }),
  webhook_endpoint_lacks: ({ events }: Params) => ({
    title: "The endpoint for webhooks lacks events",
    remedy: `Run “pnpm yumroad stripe connect”, or add in Stripe’s dashboard: ${events}.`,
  }),
  webhook_address_unreachable: ({ url }: Params) => ({
    title: "This server can’t reach its own address",
    remedy: `Open ${url} from elsewhere: “Not found” from this shop is right. Some networks don’t let a server call itself.`,
  }),
  webhook_address_answers: ({ url, status }: Params) => ({
    title: `Something in front of the shop answers webhooks with ${status}`,
    remedy: `Let POST ${url} through to this server, without a log-in, a challenge or a redirect.`,
  }),
  webhook_body_changed: ({ url }: Params) => ({
    title: "A proxy changes webhooks on their way",
    remedy: `Let your proxy hand on the body of POST ${url} as it is: no reformatting, no filter.`,
  }),
  webhooks_refused: ({ count }: Params) => ({
    title: `Stripe couldn’t deliver ${count} webhooks in the last 3 days`,
    remedy:
      "Open the endpoint’s page in Stripe’s dashboard. If it shows the answer 400, STRIPE_WEBHOOK_SECRET is not this endpoint’s secret: copy it from there.",
  }),
  webhooks_unheard: ({ count }: Params) => ({
    title: `${count} orders were found by asking, none by a webhook`,
    remedy: "Look at the endpoint’s page in Stripe’s dashboard: it says why its webhooks fail.",
  }),
  payments_not_found: ({ count }: Params) => ({
    title: `Stripe doesn’t know ${count} payments that were started in this shop`,
    remedy:
      "Did the Stripe account change? Set STRIPE_SECRET_KEY to the old account’s key and check the payments. Or look for them in the old account’s dashboard, and mark the orders that were paid as paid.",
  }),
  clock_off: ({ minutes }: Params) => ({
    title: `This server’s clock is off by ${minutes} minutes`,
    remedy: "Turn on time synchronisation (timedatectl set-ntp true): webhooks are refused at 5 minutes.",
  }),
  https_missing: ({ url }: Params) => ({
    title: `The shop has no https: ${url}`,
    remedy: "Set PUBLIC_URL to an https address, with a proxy that has a certificate.",
  }),
  mail_unconfirmed: () => ({
    title: "No test email was confirmed",
    remedy:
      "Send yourself a test email in the shop settings and open its link: buyers without a receipt lose what they paid for.",
  }),
  legal_details_missing: () => ({
    title: "Your store has no legal name and address",
    remedy: "Fill them in under Settings, Store: they are on each checkout and receipt.",
  }),
} satisfies Record<string, (params: Params) => FindingWords>;

export type FindingCode = keyof typeof findings;

/** What is wrong, and what to do about it. */
export function findingWords(code: FindingCode, params: Params = {}): FindingWords {
  return findings[code](params);
}
