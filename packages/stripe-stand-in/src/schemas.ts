import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";

/** Names of the kept schemas, each made from one type of Stripe's SDK (`scripts/make-schemas.mjs`). */
export type SchemaName =
  | "Account"
  | "CheckoutSession"
  | "CheckoutSessionCreateParams"
  | "Dispute"
  | "Event"
  | "PaymentIntent"
  | "Refund"
  | "RefundCreateParams"
  | "WebhookEndpoint"
  | "WebhookEndpointCreateParams";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../schemas/${name}.json`, import.meta.url), "utf8")) as object;

/** The version of Stripe's API whose types the schemas were made of. */
export const SCHEMA_VERSION = (read("version") as { api: string }).api;

// `coerceTypes`: Stripe's requests are forms, whose values are texts.
const ajv = new Ajv({ coerceTypes: true, strict: false });
/** Schemas are compiled when they are first needed. */
const compiled = new Map<SchemaName, ValidateFunction>();

/**
 * Says in words what is wrong with a value of a schema; null: nothing is. Texts of a form become the numbers that they
 * stand for.
 */
export function faultOf(name: SchemaName, value: unknown): string | null {
  const validate = compiled.get(name) ?? ajv.compile(read(name));
  compiled.set(name, validate);
  return validate(value) ? null : `${name}${ajv.errorsText(validate.errors, { dataVar: "" })}`;
}
