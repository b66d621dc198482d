import type { ActivityKind } from "@yumroad/contract";

/** Texts of activities, from the owner's point of view. */
const WORDS: Readonly<Record<ActivityKind, string>> = {
  user_created: "You signed up",
  user_updated: "You changed your name",
  authn_login_success: "Logged in",
  authn_login_half: "Your password was entered on a new device, and a code was asked for",
  authn_login_fail: "Somebody tried to log in with a wrong password",
  authn_login_fail_max: "Too many wrong passwords: log-ins have to wait",
  authn_login_denied: "“This wasn’t me”: a log-in was denied, and you were logged out everywhere",
  authn_logout: "Logged out",
  authn_reauthenticated: "You confirmed that it is you",
  authn_password_change: "You changed your password",
  authn_password_change_fail: "A change of your password was refused",
  authn_password_reset_asked: "A link for a new password was asked for",
  authn_password_reset: "A new password was chosen with a mailed link",
  authn_token_reuse: "A mailed link was tried that was used before",
  authn_email_verified: "You proved that your email is yours",
  authn_email_change_asked: "You asked for another email",
  authn_email_changed: "Your email changed",
  authn_email_change_undone: "The change of your email was undone",
  authn_factor_added: "An authenticator app was set up",
  authn_factor_removed: "The authenticator app was removed",
  authn_factor_removed_by_operator: "Whoever runs this shop removed your authenticator app",
  authn_passkey_added: "A passkey was added",
  authn_passkey_removed: "A passkey was removed",
  authn_factor_fail: "A wrong code or passkey was tried",
  authn_recovery_codes_renewed: "You made new recovery codes",
  authn_recovery_code_used: "A recovery code was used",
  session_ended_by_user: "You ended a session",
  sessions_ended_by_operator: "Whoever runs this shop ended your sessions",
  user_disabled: "Whoever runs this shop closed your account",
  user_enabled: "Whoever runs this shop opened your account again",
  user_disowned: "The owner of your email did not create this account: it was closed",
  operator_added: "You became an operator of this shop",
  operator_removed: "You are no operator of this shop any more",
  product_taken_down: "The shop owner took down a product of yours",
  product_put_back: "The shop owner put back a product of yours",
  store_taken_down: "The shop owner took down your store",
  store_put_back: "The shop owner put back your store",
  pay_instructions_changed: "You changed how buyers pay you",
  data_exported: "You downloaded your data",
  user_deletion_asked: "You asked for your account to be deleted",
  user_deletion_undone: "You kept your account after all",
};

/** The text of an activity. A page opened before an update may receive a kind that it does not know. */
export function activityWords(kind: string): string {
  return (WORDS as Readonly<Record<string, string | undefined>>)[kind] ?? "Something else happened";
}
