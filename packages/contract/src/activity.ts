import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { PageQuery, page } from "./paging.ts";
import { Timestamp } from "./timestamp.ts";

/**
 * Kinds of account events that are written to the log and to the owner's activity page. The names are those of the
 * OWASP Logging Vocabulary Cheat Sheet if it defines one for the event.
 */
export const activityKinds = [
  "user_created",
  "user_updated",
  "authn_login_success",
  "authn_login_half",
  "authn_login_fail",
  "authn_login_fail_max",
  "authn_login_denied",
  "authn_logout",
  "authn_reauthenticated",
  "authn_password_change",
  "authn_password_change_fail",
  "authn_password_reset_asked",
  "authn_password_reset",
  "authn_token_reuse",
  "authn_email_verified",
  "authn_email_change_asked",
  "authn_email_changed",
  "authn_email_change_undone",
  "authn_factor_added",
  "authn_factor_removed",
  "authn_factor_removed_by_operator",
  "authn_passkey_added",
  "authn_passkey_removed",
  "authn_factor_fail",
  "authn_recovery_codes_renewed",
  "authn_recovery_code_used",
  "session_ended_by_user",
  "sessions_ended_by_operator",
  "user_disabled",
  "user_enabled",
  "user_disowned",
  "operator_added",
  "operator_removed",
  "product_taken_down",
  "product_put_back",
  "store_taken_down",
  "store_put_back",
  "pay_instructions_changed",
  "data_exported",
  "user_deletion_asked",
  "user_deletion_undone",
] as const;
export const ActivityKind = z.enum(activityKinds);
export type ActivityKind = z.infer<typeof ActivityKind>;

export const Activity = z.strictObject({
  id: z.string(),
  kind: ActivityKind,
  at: Timestamp,
  /** The browser, for example "Firefox on Windows"; empty for an event without a browser. */
  device: z.string(),
  /** The IP address, shortened so that it identifies no person; empty for an event without a browser. */
  address: z.string(),
});
export type Activity = z.infer<typeof Activity>;

export const activityEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/account/activity",
    access: "user",
    summary: "Your account’s activity, newest first",
    query: PageQuery,
    success: { status: 200, body: page(Activity) },
    problems: [],
  }),
};
