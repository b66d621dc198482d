import type { MailKind, MailState } from "@yumroad/contract";

const KINDS: Readonly<Record<MailKind, string>> = {
  test: "Test email",
  verify_email: "Confirm email",
  change_email: "Confirm new email",
  email_change_asked: "Email change requested",
  email_changed: "Email changed",
  email_change_undone: "Email change undone",
  password_reset: "Password reset",
  password_changed: "Password changed",
  new_device: "New log-in",
  too_many_passwords: "Too many wrong passwords",
  too_many_log_ins: "Too many log-ins",
  too_many_codes: "Too many wrong codes",
  totp_added: "Authenticator app added",
  totp_removed: "Authenticator app removed",
  totp_removed_by_operator: "Authenticator app removed by the shop owner",
  recovery_codes_renewed: "New recovery codes",
  recovery_code_used: "Recovery code used",
  passkey_added: "Passkey added",
  passkey_removed: "Passkey removed",
  deletion_asked: "Account deletion requested",
  account_deleted: "Account deleted",
  operator_added: "New operator",
  product_taken_down: "Product taken down",
  product_put_back: "Product put back",
  store_taken_down: "Store taken down",
  store_put_back: "Store put back",
  pay_instructions_changed: "Payment instructions changed",
  how_to_pay: "How to pay",
  receipt: "Receipt",
  sale: "Sale",
  payment_trouble: "Payment needs attention",
  refund: "Refund",
  find_purchases: "Find my purchases",
  order_email_changed: "Order email changed",
};

const STATES: Readonly<Record<MailState, string>> = {
  queued: "Queued",
  sending: "Sending",
  failing: "Failing",
  sent: "Sent",
  given_up: "Given up",
  in_tray: "In the demo inbox",
};

/** What an email is for. An email of an older version may have a kind that this one does not know. */
export function mailKindWords(kind: string): string {
  return (KINDS as Readonly<Record<string, string | undefined>>)[kind] ?? "Other email";
}

export function stateWords(state: MailState): string {
  return STATES[state];
}
