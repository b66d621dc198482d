import * as z from "zod/mini";

/**
 * Every error of the API with its HTTP status and title. No error is defined elsewhere.
 * Format: RFC 9457, problem details for HTTP APIs.
 */
export const problems = {
  malformed_request: { status: 400, title: "Malformed request" },
  webhook_invalid: { status: 400, title: "Invalid webhook signature" },
  malformed_json: { status: 400, title: "Invalid JSON" },
  invalid_credentials: { status: 401, title: "Invalid email or password" },
  unauthenticated: { status: 401, title: "Log in to continue" },
  invalid_passkey: { status: 401, title: "That passkey didn’t work" },
  signup_closed: { status: 403, title: "This shop isn’t taking new accounts" },
  password_required: { status: 403, title: "Enter the account’s password too" },
  email_unverified: { status: 403, title: "Confirm your email first" },
  csrf_rejected: { status: 403, title: "Cross-site request blocked" },
  not_a_seller: { status: 403, title: "Only the shop owner can sell here" },
  not_an_operator: { status: 403, title: "Only the shop owner can do this" },
  reauth_required: { status: 403, title: "Confirm it’s you" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "Method not allowed" },
  request_timeout: { status: 408, title: "Request timed out" },
  email_taken: { status: 409, title: "That email already has an account" },
  handle_taken: { status: 409, title: "This handle is taken" },
  taken_down: { status: 409, title: "The shop owner took this down" },
  deletion_pending: { status: 409, title: "Your account is due to be deleted. Choose Keep my account first" },
  others_have_stores: { status: 409, title: "Other people have stores here" },
  last_operator: { status: 409, title: "The shop needs another operator first" },
  mail_already_sent: { status: 409, title: "This email was already sent" },
  mail_text_deleted: { status: 409, title: "The text of this email was deleted" },
  refund_too_high: { status: 409, title: "That’s more than is left to refund" },
  not_payable_by_hand: { status: 409, title: "This order can’t be marked as paid" },
  price_changed: { status: 409, title: "The price has changed" },
  code_taken: { status: 409, title: "Your store has a discount with this code already" },
  discount_used_up: { status: 409, title: "This discount code has been used up" },
  attempt_reused: { status: 409, title: "This is a different order. Start again" },
  own_product: { status: 409, title: "You can’t buy your own product" },
  too_many_contents: { status: 409, title: "A product can have up to 50 items" },
  too_many_pictures: { status: 409, title: "A product can have up to 9 pictures" },
  content_kind_fixed: { status: 409, title: "A file can’t become a note or a link" },
  quota_exceeded: { status: 409, title: "Your store has no room left for this file" },
  too_many_uploads: { status: 409, title: "Too many files are being uploaded" },
  upload_conflict: { status: 409, title: "Other bytes of this file are expected" },
  upload_incomplete: { status: 409, title: "The file isn’t uploaded to the end yet" },
  file_not_ready: { status: 409, title: "This file isn’t ready yet" },
  already_set_up: { status: 409, title: "Already set up" },
  access_ended: { status: 410, title: "Access to this purchase has ended" },
  link_invalid: { status: 410, title: "This link no longer works" },
  version_conflict: { status: 412, title: "Someone else changed this" },
  upload_locked: { status: 423, title: "Another request is sending this file" },
  payload_too_large: { status: 413, title: "Too large" },
  file_too_large: { status: 413, title: "This file is too large" },
  unsupported_media_type: { status: 415, title: "Unsupported media type" },
  range_not_satisfiable: { status: 416, title: "Range not satisfiable" },
  file_empty: { status: 422, title: "This file is empty" },
  discount_invalid: { status: 422, title: "This discount code can’t be used here" },
  invalid_code: { status: 422, title: "That code is incorrect" },
  invalid_input: { status: 422, title: "Some fields need fixing" },
  precondition_required: { status: 428, title: "Send If-Match with the version you’re changing" },
  rate_limited: { status: 429, title: "Too many attempts" },
  internal_error: { status: 500, title: "Something went wrong on our side" },
  secure_cookie_impossible: { status: 500, title: "Log-in needs HTTPS" },
  database_unavailable: { status: 503, title: "We can’t reach the shop’s data right now" },
  storage_full: { status: 503, title: "This shop has no room left for files" },
  mail_unavailable: { status: 503, title: "This shop can’t send email" },
  checkout_not_set_up: { status: 503, title: "This shop can’t take payments yet" },
  payments_unavailable: { status: 503, title: "The payment provider can’t be reached right now" },
  overloaded: { status: 503, title: "The server is busy" },
  session_store_unavailable: { status: 503, title: "We can’t verify log-ins right now" },
} as const;

export type ProblemCode = keyof typeof problems;

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/**
 * One error in the input: the path of the field (`["price", "amount"]`), the fault by its code, with the values that a
 * text of it needs, and its text in English.
 */
export const InputIssue = z.strictObject({
  path: z.array(z.union([z.string(), z.number()])),
  /** A text, because a page may be older than the server and not know it. */
  code: z.string(),
  // No `z.record`, which pages would load for it alone.
  params: z.catchall(z.object({}), z.union([z.string(), z.number()])),
  message: z.string(),
});
export type InputIssue = z.infer<typeof InputIssue>;

/** The body of every error response, served as `application/problem+json`. */
export const Problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(problemCodes),
  detail: z.optional(z.string()),
  requestId: z.string(),
  issues: z.optional(z.array(InputIssue)),
});
export type Problem = z.infer<typeof Problem>;
