import * as z from "zod/mini";

/**
 * Every error of the API with its HTTP status and title. No error is defined elsewhere.
 * Format: RFC 9457, problem details for HTTP APIs.
 */
export const problems = {
  malformed_request: { status: 400, title: "Malformed request" },
  webhook_invalid: { status: 400, title: "This webhook is not signed as it should be" },
  malformed_json: { status: 400, title: "The body is not valid JSON" },
  invalid_credentials: { status: 401, title: "Invalid email or password" },
  unauthenticated: { status: 401, title: "You need to log in" },
  invalid_passkey: { status: 401, title: "That passkey was not accepted" },
  signup_closed: { status: 403, title: "This shop takes no new accounts" },
  password_required: { status: 403, title: "Give the password of the account as well" },
  email_unverified: { status: 403, title: "Confirm your email first" },
  csrf_rejected: { status: 403, title: "The request did not come from this site" },
  not_a_seller: { status: 403, title: "Only the shop’s owner sells here" },
  not_an_operator: { status: 403, title: "Only an operator of this shop can do this" },
  reauth_required: { status: 403, title: "Confirm first that it is you" },
  not_found: { status: 404, title: "Not found" },
  method_not_allowed: { status: 405, title: "This address does not answer that method" },
  request_timeout: { status: 408, title: "The request took too long to arrive" },
  email_taken: { status: 409, title: "That email already has an account" },
  handle_taken: { status: 409, title: "That handle is taken" },
  taken_down: { status: 409, title: "The shop’s owner has taken this down" },
  deletion_pending: { status: 409, title: "Your account is going to be deleted: keep it first" },
  others_have_stores: { status: 409, title: "Others have stores here" },
  last_operator: { status: 409, title: "The shop needs another operator first" },
  mail_already_sent: { status: 409, title: "This email was sent already" },
  mail_text_deleted: { status: 409, title: "The text of this email was deleted" },
  refund_too_high: { status: 409, title: "That is more than is left to refund" },
  not_payable_by_hand: {
    status: 409,
    title: "This order can’t be marked as paid: its payment provider does that, or its product is gone",
  },
  price_changed: { status: 409, title: "The price has changed" },
  code_taken: { status: 409, title: "Your store has a discount with this code already" },
  discount_used_up: { status: 409, title: "This discount code has been used up" },
  attempt_reused: { status: 409, title: "This is another order: start again" },
  own_product: { status: 409, title: "You can’t buy your own product" },
  too_many_contents: { status: 409, title: "A product has at most 50 contents" },
  already_set_up: { status: 409, title: "That is set up already" },
  link_invalid: { status: 410, title: "This link no longer works" },
  version_conflict: { status: 412, title: "Somebody changed this in the meantime" },
  payload_too_large: { status: 413, title: "The body is too large" },
  unsupported_media_type: { status: 415, title: "The body has to be application/json" },
  range_not_satisfiable: { status: 416, title: "There is no such part of it" },
  discount_invalid: { status: 422, title: "This discount code can’t be used here" },
  invalid_code: { status: 422, title: "That code is incorrect" },
  invalid_input: { status: 422, title: "Some of the input is not right" },
  precondition_required: { status: 428, title: "Say which version you are changing" },
  rate_limited: { status: 429, title: "Too many tries" },
  internal_error: { status: 500, title: "Something went wrong on our side" },
  secure_cookie_impossible: { status: 500, title: "This connection is not secure, so nobody can log in over it" },
  database_unavailable: { status: 503, title: "The shop's data can't be reached right now" },
  mail_unavailable: { status: 503, title: "This shop can't send mail" },
  checkout_not_set_up: { status: 503, title: "This shop can’t take payments yet" },
  payments_unavailable: { status: 503, title: "The payment provider can’t be reached right now" },
  overloaded: { status: 503, title: "The server is busy" },
  session_store_unavailable: { status: 503, title: "Sessions can't be reached right now" },
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
