import { expect, test } from "vitest";
import { Problem, problemCodes, problems } from "./index.ts";

test("M13: every refusal has the status that clients rely on", () => {
  expect(Object.fromEntries(problemCodes.map((code) => [code, problems[code].status]))).toEqual({
    malformed_request: 400,
    malformed_json: 400,
    invalid_credentials: 401,
    unauthenticated: 401,
    invalid_passkey: 401,
    csrf_rejected: 403,
    signup_closed: 403,
    not_a_seller: 403,
    not_an_operator: 403,
    reauth_required: 403,
    password_required: 403,
    email_unverified: 403,
    already_set_up: 409,
    handle_taken: 409,
    taken_down: 409,
    deletion_pending: 409,
    others_have_stores: 409,
    last_operator: 409,
    mail_already_sent: 409,
    refund_too_high: 409,
    not_payable_by_hand: 409,
    price_changed: 409,
    code_taken: 409,
    discount_used_up: 409,
    attempt_reused: 409,
    own_product: 409,
    too_many_contents: 409,
    content_kind_fixed: 409,
    too_many_pictures: 409,
    quota_exceeded: 409,
    too_many_uploads: 409,
    upload_conflict: 409,
    upload_incomplete: 409,
    file_not_ready: 409,
    access_ended: 410,
    file_too_large: 413,
    file_empty: 422,
    upload_locked: 423,
    storage_full: 503,
    webhook_invalid: 400,
    checkout_not_set_up: 503,
    payments_unavailable: 503,
    mail_text_deleted: 409,
    link_invalid: 410,
    discount_invalid: 422,
    invalid_code: 422,
    mail_unavailable: 503,
    not_found: 404,
    method_not_allowed: 405,
    request_timeout: 408,
    email_taken: 409,
    version_conflict: 412,
    payload_too_large: 413,
    unsupported_media_type: 415,
    range_not_satisfiable: 416,
    invalid_input: 422,
    precondition_required: 428,
    rate_limited: 429,
    internal_error: 500,
    secure_cookie_impossible: 500,
    overloaded: 503,
    session_store_unavailable: 503,
    database_unavailable: 503,
  });
});

test("says what people know by heart", () => {
  expect(problems.invalid_credentials.title).toBe("Invalid email or password");
  expect(problems.email_taken.title).toBe("That email already has an account");
});

test("a problem has a code of the list and nothing beside its fields", () => {
  const problem = { type: "about:blank", title: "Not found", status: 404, code: "not_found", requestId: "1" };
  expect(Problem.safeParse(problem).success).toBe(true);
  expect(
    Problem.safeParse({
      ...problem,
      issues: [{ path: ["price", 0], code: "missing", params: { field: "x" }, message: "x" }],
    }).success,
  ).toBe(true);
  expect(Problem.safeParse({ ...problem, code: "teapot" }).success).toBe(false);
  expect(Problem.safeParse({ ...problem, stack: "Error: at…" }).success).toBe(false);
  const { requestId: _, ...unnumbered } = problem;
  expect(Problem.safeParse(unnumbered).success).toBe(false);
});
