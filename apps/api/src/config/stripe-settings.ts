/** The settings of payments by Stripe. */
export interface StripeSettings {
  /** A restricted or secret key of Stripe's API. */
  key: string;
  isLive: boolean;
  /** Secrets of the endpoint for webhooks, newest first; empty: it is not set up yet. */
  webhookSecrets: string[];
  /** The calculation of taxes: none, by Stripe Tax, or by Stripe as the seller of record (Managed Payments). */
  tax: "none" | "stripe_tax" | "managed";
  /** Stripe's tax code of what the shop sells; null without taxes by Stripe. */
  taxCode: string | null;
  /** Address of the API: null, or a stand-in on this machine. */
  apiUrl: URL | null;
}

type Given = (
  name: "STRIPE_SECRET_KEY" | "STRIPE_WEBHOOK_SECRET" | "STRIPE_TAX" | "STRIPE_TAX_CODE" | "STRIPE_API_URL",
) => string | undefined;

const MAKE_KEY = "copy a restricted key from Stripe's dashboard, Developers, API keys";

/** Reads the settings of Stripe; null: the shop does not use it. Faults never repeat a secret. */
export function readStripe(
  given: Given,
  { isLocalDemo, isLoopback }: { isLocalDemo: boolean; isLoopback: (host: string) => boolean },
  faults: string[],
): StripeSettings | null {
  const key = given("STRIPE_SECRET_KEY");
  if (key === undefined) {
    if (given("STRIPE_WEBHOOK_SECRET"))
      faults.push(`STRIPE_WEBHOOK_SECRET is set without STRIPE_SECRET_KEY: ${MAKE_KEY}.`);
    return null;
  }
  const keyFault = faultOfKey(key, isLocalDemo);
  if (keyFault) faults.push(keyFault);
  const tax = given("STRIPE_TAX") ?? "none";
  if (tax !== "none" && tax !== "stripe_tax" && tax !== "managed") {
    faults.push(`STRIPE_TAX is "${tax}": use none, stripe_tax, or managed.`);
    return null;
  }
  return {
    key,
    isLive: /^.k_live_/.test(key),
    webhookSecrets: readWebhookSecrets(given("STRIPE_WEBHOOK_SECRET"), faults),
    tax,
    taxCode: readTaxCode(given("STRIPE_TAX_CODE"), tax, faults),
    apiUrl: readApiUrl(given("STRIPE_API_URL"), isLoopback, faults),
  };
}

function faultOfKey(key: string, isLocalDemo: boolean): string | null {
  if (key.startsWith("pk_")) return `STRIPE_SECRET_KEY is a publishable key, which can't take payments: ${MAKE_KEY}.`;
  if (key.startsWith("whsec_"))
    return `STRIPE_SECRET_KEY is the secret of a webhook endpoint: set that as STRIPE_WEBHOOK_SECRET, and ${MAKE_KEY}.`;
  if (!/^[rs]k_(?:test|live)_\w{8,}$/.test(key))
    return `STRIPE_SECRET_KEY is no key of Stripe, such as rk_live_…: ${MAKE_KEY}.`;
  if (isLocalDemo && /^.k_live_/.test(key))
    return "STRIPE_SECRET_KEY is a live key, and this is the local demo: use a test key, so that no real money moves.";
  return null;
}

function readWebhookSecrets(text: string | undefined, faults: string[]): string[] {
  const secrets = text?.split(",").map((secret) => secret.trim()) ?? [];
  if (secrets.some((secret) => !/^whsec_\S{8,}$/.test(secret)))
    faults.push(
      "STRIPE_WEBHOOK_SECRET is no secret of a webhook endpoint, which begins with whsec_: copy it from the endpoint's page in Stripe's dashboard.",
    );
  return secrets;
}

function readTaxCode(text: string | undefined, tax: StripeSettings["tax"], faults: string[]): string | null {
  if (tax === "none") return null;
  if (text !== undefined && /^txcd_\d{8}$/.test(text)) return text;
  faults.push(
    `STRIPE_TAX_CODE is ${text === undefined ? "not set" : `"${text}"`}: choose the code of what you sell from docs.stripe.com/tax/tax-codes, such as txcd_10302000.`,
  );
  return null;
}

function readApiUrl(text: string | undefined, isLoopback: (host: string) => boolean, faults: string[]): URL | null {
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "http:" && isLoopback(url.hostname)) return url;
  faults.push("STRIPE_API_URL is not on this machine: leave it unset, since only tests need it.");
  return null;
}
