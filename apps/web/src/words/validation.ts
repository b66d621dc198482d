import type { FaultCode, FaultParams } from "@yumroad/contract";
import { catalogue } from "./catalogue.ts";

type FaultText = string | ((params: FaultParams) => string);

/** Texts of faults; others only programs make, and read the server's text. */
export type FaultTexts = Readonly<Partial<Record<FaultCode, FaultText>>>;

/** The texts of empty fields, by the contract's names of the fields. */
const missing: Readonly<Record<string, string>> = {
  person_name: "Enter your name",
  email: "Enter your email",
  password: "Enter your password",
  current_password: "Enter your current password",
  code: "Enter the code",
};

const characters = "Contains invalid characters";

const texts: FaultTexts = {
  missing: ({ field }) => missing[String(field)] ?? `Enter a ${String(field).replace("_", " ")}`,
  too_short: ({ min }) => `Use at least ${min} characters`,
  too_long: ({ max }) => `Use at most ${Number(max).toLocaleString()} characters`,
  broken_character: characters,
  control_character: characters,
  invisible_character: characters,
  email_invalid: "Enter a valid email address",
  email_too_long: "Enter a shorter email address",
  code_invalid: "Enter the 6-digit code",
  password_common: "This password is too common",
  password_of_context: "This is too close to your name, your email or our name",
  password_repeats: "This password only repeats itself",
  password_run: "This password is only a run of keys or numbers",
};

export const validationWords = catalogue({
  /** `more`: texts that only the form at hand needs. `otherwise`: the text for a code that has none, or is of a newer server. */
  textOf({ code, params }: { code: string; params: FaultParams }, more: FaultTexts, otherwise: string) {
    const text = ({ ...texts, ...more } as Readonly<Record<string, FaultText | undefined>>)[code];
    return typeof text === "function" ? text(params) : (text ?? otherwise);
  },
});
