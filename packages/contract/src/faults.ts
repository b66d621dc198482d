import type { InputIssue } from "./problems.ts";

export type FaultParams = Readonly<Record<string, string | number>>;

/** The fields that texts name, as a sentence begins with them. */
const FIELDS: Readonly<Record<string, string>> = {
  bio: "The text about your store",
  person_name: "The name",
  pay_instructions: "How buyers pay",
  store_name: "The store’s name",
};

function nameOf(field: string | number | undefined): string {
  return FIELDS[String(field)] ?? `The ${String(field ?? "text").replaceAll("_", " ")}`;
}

const number = (value: string | number | undefined) => Number(value).toLocaleString("en");

type Text = (params: FaultParams) => string;

/** Every fault of input, in English for clients of the API. */
const TEXTS = {
  invalid: () => "This is not valid",
  unknown_field: () => "This field is not known",
  missing: ({ field }) => `${nameOf(field)} is missing`,
  too_short: ({ field, min }) => `${nameOf(field)} needs at least ${min} characters`,
  too_long: ({ field, max }) => `${nameOf(field)} has more than ${number(max)} characters`,
  broken_character: ({ field }) => `${nameOf(field)} has a broken character in it`,
  control_character: ({ field }) => `${nameOf(field)} has a control character in it`,
  invisible_character: ({ field }) => `${nameOf(field)} has an invisible character in it`,
  too_many_accents: ({ field }) => `${nameOf(field)} has too many accents on one letter`,
  email_invalid: () => "This is not an email address",
  email_too_long: () => "The email is too long",
  contact_email_invalid: () => "The contact email is not an email address",
  code_invalid: () => "That does not look like a code",
  link_incomplete: () => "The link is not complete",
  link_of_footer: () => "The link has to begin with https://, http://, mailto: or one /",
  link_of_content: () => "Enter a full address that begins with https://",
  too_many_links: ({ max }) => `There can be at most ${max} links`,
  nothing_to_change: () => "There is nothing to change in this",
  remember_invalid: () => "“Remember me” is yes or no",
  status_of_new: () => "A new product is a draft or published",
  handle_invalid: () => "Use letters from a to z, digits, and single hyphens between them",
  handle_reserved: () => "This handle is reserved. Choose another one",
  cursor_invalid: () => "Invalid cursor",
  limit_invalid: () => "The limit has to be a whole number",
  limit_too_low: ({ min }) => `The limit starts at ${min}`,
  limit_too_high: ({ max }) => `The limit ends at ${max}`,
  search_too_long: ({ max }) => `Search for less than ${max} characters`,
  price_not_a_number: () => "The price has to be a number",
  price_not_whole: () => "The price has to be a whole number of the smallest unit",
  price_negative: () => "The price can't be negative",
  price_too_high: ({ most }) => `Enter at most ${most}`,
  price_too_low: ({ least }) => `Enter at least ${least}, or 0 for free`,
  price_decimals: () => "Enter whole forints, without decimals",
  price_unchecked: () => "Check the price and save it before you publish",
  currency_unknown: () => "That currency is not one we know",
  pricing_unknown: () => "A price is fixed, or pay_what_you_want",
  price_is_fixed: ({ price }) => `The price is ${price}`,
  below_least: ({ least }) => `The least is ${least}`,
  suggestion_of_fixed: () => "A fixed price has no suggested amount",
  amount_missing: () => "Enter an amount",
  amount_zero: () => "Enter an amount above 0",
  amount_above_paid: () => "That is more than was paid",
  discount_code_characters: () => "Use letters, digits, and . _ - in a code",
  percent_invalid: () => "Enter a whole number from 1 to 100",
  amount_too_high: () => "This amount is too high",
  uses_invalid: ({ max }) => `Enter a whole number from 1 to ${number(max)}`,
  date_invalid: () => "This is not a date",
  ends_before_start: () => "The end has to be after the start",
  too_many_products: ({ max }) => `Choose at most ${max} products`,
  product_unknown: () => "Your store has no such product",
  consent_missing: () => "Agree to get access right away",
  too_many_passkeys: ({ max }) => `You have ${max} passkeys already: remove one first`,
  second_factor_missing: () => "Enter the code of your authenticator app, or a recovery code",
  password_common: () => "This is one of the most common passwords",
  password_of_context: () => "This is too close to your name, your email or ours",
  password_repeats: () => "This only repeats itself",
  password_run: () => "This is only a run of keys or numbers",
} satisfies Record<string, Text>;

export type FaultCode = keyof typeof TEXTS;

/** The text of a fault for clients of the API. */
function faultText(code: FaultCode, params: FaultParams): string {
  const text: Text = TEXTS[code];
  return text(params);
}

/** A fault of the input: its code, and the values that its text needs. */
export interface Fault {
  code: FaultCode;
  params: FaultParams;
}

/** A fault at a field. `message`: a fault in the form of `fault()`, or a text of its own. */
export interface FieldFault {
  path: readonly (string | number)[];
  message: string;
}

const MARK = "fault:";

/**
 * A fault in the form of a message of the schemas. The server words it in English for its clients (`issueOf`), and
 * pages word it from their own catalogue.
 *
 * @example
 * z.string(fault("missing", { field: "name" }));
 */
/* @__NO_SIDE_EFFECTS__ */
export function fault(code: FaultCode, params: FaultParams = {}): string {
  return MARK + JSON.stringify({ code, params });
}

/** The fault of a message; null: the message is a text of its own. */
export function readFault(message: string): Fault | null {
  return message.startsWith(MARK) ? (JSON.parse(message.slice(MARK.length)) as Fault) : null;
}

/** A fault at a field as the API answers it. A message that is no fault of ours is zod's own. */
export function issueOf({ path, message }: FieldFault): InputIssue {
  const { code, params } = readFault(message) ?? { code: "invalid", params: {} };
  return { path: [...path], code, params, message: code === "invalid" ? message : faultText(code, params) };
}
