import { describe, expect, expectTypeOf, test } from "vitest";
import * as z from "zod/mini";
import {
  ACCESS,
  ACCOUNT_LIMITS,
  type Answer,
  allEndpoints,
  type BodyInput,
  type Endpoint,
  endpoint,
  endpoints,
  needsSession,
  needsUser,
  type PublishedProduct,
  problemCodes,
  problemsOf,
  type Query,
} from "./index.ts";

/** An endpoint that reads; its access is left open. */
const READ = {
  method: "GET",
  path: "/api/x",
  summary: "x",
  success: { status: 204, body: null },
  problems: [],
} as const;

/** The access, ownership and freshness of an endpoint: "user, own, fresh". */
function askedOf({ access, whose, fresh }: Endpoint): string {
  return [access, whose, fresh && "fresh"].filter(Boolean).join(", ");
}

test("there are the endpoints that the routes, the client and the mocks know by these names", () => {
  expect(
    allEndpoints.map(([name, endpoint]) => `${name}: ${askedOf(endpoint)} ${endpoint.method} ${endpoint.path}`),
  ).toEqual([
    "auth.signup: anyone POST /api/auth/signup",
    "auth.login: anyone POST /api/auth/login",
    "auth.logout: anyone POST /api/auth/logout",
    "auth.reauthenticate: user POST /api/account/reauthenticate",
    "auth.reportUnknownLogin: anyone POST /api/auth/not-me",
    "auth.unlock: anyone POST /api/auth/unlock",
    "sessions.current: anyone GET /api/auth/session",
    "sessions.list: user GET /api/account/sessions",
    "sessions.end: user, own DELETE /api/account/sessions/:handle",
    "sessions.endOthers: user DELETE /api/account/sessions",
    "password.requestReset: public POST /api/auth/forgot-password",
    "password.checkResetLink: public POST /api/auth/reset-password/link",
    "password.reset: anyone POST /api/auth/reset-password",
    "password.change: user, fresh POST /api/account/password",
    "email.verify: anyone POST /api/auth/verify-email",
    "email.resendVerification: user POST /api/account/verification",
    "email.change: user, fresh POST /api/account/email",
    "email.cancelChange: user DELETE /api/account/email",
    "email.undoChange: anyone POST /api/auth/undo-email-change",
    "account.get: user GET /api/account",
    "account.change: user PATCH /api/account",
    "account.disown: anyone POST /api/auth/disown",
    "twoFactor.completeLogin: pending POST /api/auth/second-factor",
    "twoFactor.get: user GET /api/account/factors",
    "twoFactor.beginTotp: user, fresh POST /api/account/totp",
    "twoFactor.confirmTotp: user, fresh POST /api/account/totp/confirm",
    "twoFactor.removeTotp: user, fresh DELETE /api/account/totp",
    "twoFactor.renewRecoveryCodes: user, fresh POST /api/account/recovery-codes",
    "passkeys.loginOptions: public POST /api/auth/passkey/options",
    "passkeys.login: anyone POST /api/auth/passkey",
    "passkeys.reauthenticate: user POST /api/account/reauthenticate/passkey",
    "passkeys.list: user GET /api/account/passkeys",
    "passkeys.creationOptions: user, fresh POST /api/account/passkey-options",
    "passkeys.add: user, fresh POST /api/account/passkeys",
    "passkeys.remove: user, own, fresh DELETE /api/account/passkeys/:handle",
    "activity.list: user GET /api/account/activity",
    "privacy.export: user, fresh POST /api/account/export",
    "privacy.requestDeletion: user, fresh POST /api/account/deletion",
    "privacy.undoDeletion: user DELETE /api/account/deletion",
    "products.list: public GET /api/products",
    "products.get: public GET /api/products/:slug",
    "products.create: seller POST /api/products",
    "products.update: seller, own PATCH /api/products/:slug",
    "products.delete: seller, own DELETE /api/products/:slug",
    "products.listOwn: seller GET /api/me/products",
    "products.getOwn: seller, own GET /api/me/products/:slug",
    "stores.get: public GET /api/stores/:handle",
    "stores.getOwn: seller GET /api/me/store",
    "stores.changeOwn: seller PATCH /api/me/store",
    "stores.changePayments: seller, fresh PATCH /api/me/store/payments",
    "contents.list: seller, own GET /api/products/:slug/contents",
    "contents.create: seller, own POST /api/products/:slug/contents",
    "contents.reorder: seller, own POST /api/products/:slug/content-order",
    "contents.change: seller, own PATCH /api/products/:slug/contents/:id",
    "contents.remove: seller, own DELETE /api/products/:slug/contents/:id",
    "uploads.list: seller, own GET /api/products/:slug/uploads",
    "uploads.finish: seller, own POST /api/uploads/:id/finish",
    "pictures.list: seller, own GET /api/products/:slug/pictures",
    "pictures.reorder: seller, own POST /api/products/:slug/picture-order",
    "pictures.change: seller, own PATCH /api/products/:slug/pictures/:id",
    "pictures.remove: seller, own DELETE /api/products/:slug/pictures/:id",
    "checkout.get: public GET /api/products/:slug/checkout",
    "checkout.quote: public POST /api/products/:slug/quote",
    "checkout.begin: anyone POST /api/products/:slug/checkout",
    "orders.get: anyone, own GET /api/orders/:ref",
    "orders.open: anyone POST /api/orders/:ref/open",
    "orders.resend: anyone, own POST /api/orders/:ref/receipt",
    "orders.changeEmail: anyone, own POST /api/orders/:ref/email",
    "orders.undoEmailChange: anyone POST /api/orders/:ref/email/undo",
    "orders.check: anyone, own POST /api/orders/:ref/check",
    "downloads.create: anyone, own POST /api/orders/:ref/downloads",
    "discounts.list: seller GET /api/discounts",
    "discounts.create: seller POST /api/discounts",
    "discounts.change: seller, own PATCH /api/discounts/:id",
    "discounts.end: seller, own POST /api/discounts/:id/end",
    "payments.hear: public POST /webhooks/:provider",
    "payments.getDemo: anyone GET /api/demo-payments/:session",
    "payments.actOnDemo: anyone POST /api/demo-payments/:session",
    "purchases.find: anyone POST /api/purchases/find",
    "purchases.open: anyone POST /api/purchases/open",
    "sales.getReadiness: seller GET /api/me/store/readiness",
    "sales.list: user GET /api/sales",
    "sales.summarize: user GET /api/sales/summary",
    "sales.sumByCountry: user GET /api/sales/countries",
    "sales.export: user GET /api/sales.csv",
    "sales.get: user, own GET /api/sales/:ref",
    "sales.check: user, own POST /api/sales/:ref/check",
    "sales.markAsPaid: user, own, fresh POST /api/sales/:ref/paid",
    "sales.refund: user, own, fresh POST /api/sales/:ref/refunds",
    "sales.changeAccess: user, own POST /api/sales/:ref/access",
    "sales.resend: user, own POST /api/sales/:ref/receipt",
    "withdrawals.make: anyone POST /api/withdrawals",
    "withdrawals.listOfSale: user, own GET /api/sales/:ref/withdrawals",
    "withdrawals.settle: user, own POST /api/sales/:ref/withdrawals/:withdrawal",
    "library.list: user GET /api/library",
    "shop.get: public GET /api/site",
    "operator.setUp: user POST /api/operator/setup",
    "operator.listPeople: operator GET /api/operator/people",
    "operator.disablePerson: operator, fresh POST /api/operator/people/:id/disable",
    "operator.enablePerson: operator, fresh POST /api/operator/people/:id/enable",
    "operator.endSessions: operator, fresh POST /api/operator/people/:id/end-sessions",
    "operator.getShop: operator GET /api/operator/shop",
    "operator.changeShop: operator, fresh PATCH /api/operator/shop",
    "operator.changeShopKind: operator, fresh POST /api/operator/shop/kind",
    "operator.getMailCheck: operator GET /api/operator/test-mail",
    "operator.sendTestMail: operator, fresh POST /api/operator/test-mail",
    "operator.confirmTestMail: anyone POST /api/operator/test-mail/confirm",
    "operator.listMails: operator GET /api/operator/mails",
    "operator.retryMail: operator, fresh POST /api/operator/mails/:id/retry",
    "operator.listStores: operator GET /api/operator/stores",
    "operator.takeDownStore: operator, fresh POST /api/operator/stores/:handle/take-down",
    "operator.putBackStore: operator, fresh POST /api/operator/stores/:handle/put-back",
    "operator.listTakenDownProducts: operator GET /api/operator/taken-down-products",
    "operator.takeDownProduct: operator, fresh POST /api/operator/products/:slug/take-down",
    "operator.putBackProduct: operator, fresh POST /api/operator/products/:slug/put-back",
    "operator.checkPaymentSetup: operator, fresh POST /api/operator/payments/setup",
    "operator.getPayments: operator GET /api/operator/payments",
    "operator.checkPayments: operator, fresh POST /api/operator/payments/check",
    "operator.listWithdrawals: operator GET /api/operator/withdrawals",
    "mail.list: anyone GET /api/outbox",
    "mail.get: anyone GET /api/outbox/:id",
    "openapi.get: public GET /api/openapi.json",
    "health.live: public GET /healthz",
    "health.ready: public GET /readyz",
  ]);
});

describe.each(allEndpoints)("%s", (_, definition) => {
  test("R74: states who may call it", () => {
    expect(ACCESS).toContain(definition.access);
    const { whose, fresh, params } = definition;
    // `anyone`: a guest's order, which belongs to whoever has its key.
    if (whose) expect(definition.access).toMatch(/^(?:user|seller|anyone)$/);
    if (fresh) expect(needsUser(definition)).toBe(true);
    // R82: an operator's write is fresh.
    if (definition.access === "operator") expect(fresh ?? false).toBe(definition.method !== "GET");
    if (whose) expect(params).toBeDefined();
  });

  test("is described in a sentence", () => {
    expect(definition.summary).toMatch(/^\S.{8,}[^.\s]$/);
  });

  test("says what its path's parameters are, and no others", () => {
    const inPath = [...definition.path.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const shape = definition.params ? z.toJSONSchema(definition.params).properties : {};
    expect(Object.keys(shape ?? {})).toEqual(inPath);
  });

  test("takes nothing that it does not name", () => {
    for (const schema of [definition.params, definition.query, definition.body]) {
      if (!schema) continue;
      // A body of several kinds is read as one of them.
      const probes = ['{"surprise":"x","__proto__":"x"}', '{"kind":"note","surprise":"x","__proto__":"x"}'];
      const issues = probes.flatMap((probe) => z.safeParse(schema, JSON.parse(probe)).error?.issues ?? []);
      const unknown = issues.find(({ code }) => code === "unrecognized_keys");
      expect(unknown).toMatchObject({ keys: ["surprise", "__proto__"] });
    }
  });

  test("has a body only where one can be sent", () => {
    if (definition.method === "GET") expect([definition.body, definition.rawBody]).toEqual([undefined, undefined]);
    expect(definition.body && definition.rawBody).toBeUndefined();
    const { status, body, media } = definition.success;
    // What was accepted may have a name to ask by.
    if (status !== 202) expect(body === null).toBe(status === 204 || media !== undefined);
  });

  test("may be kept by everybody only if it is the same for everybody, and is counted only for users who write", () => {
    const { access, method, cache, limits } = definition;
    if (cache) expect([access, method]).toEqual(["public", "GET"]);
    if (limits) expect([needsUser(definition), method === "GET"]).toEqual([true, false]);
    for (const name of limits ?? []) expect(ACCOUNT_LIMITS).toContain(name);
  });

  test("names only refusals that there are, each once", () => {
    const codes = problemsOf(definition);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(problemCodes).toContain(code);
  });
});

test("no two endpoints answer the same method and path", () => {
  // As a router compares them: the parameters' names do not matter.
  const places = allEndpoints.map(([, { method, path }]) => `${method} ${path.replace(/:\w+/g, ":x").toLowerCase()}`);
  expect(new Set(places).size).toBe(places.length);
});

test("R74: what changes something for a person is not open to everybody", () => {
  const open = allEndpoints.filter(([, endpoint]) => endpoint.method !== "GET" && !needsUser(endpoint));
  const byLogin = ["auth.signup", "auth.login", "auth.logout", "twoFactor.completeLogin"];
  const byPasskey = ["passkeys.loginOptions", "passkeys.login"];
  // These change a thing named by a mailed token, or request such a mail.
  const byMail = [
    ...["password.requestReset", "password.checkResetLink", "password.reset", "email.verify", "email.undoChange"],
    ...["account.disown", "auth.reportUnknownLogin", "auth.unlock", "operator.confirmTestMail"],
  ];
  // Orders belong to guests, and webhooks to payment providers.
  const byGuest = [
    ...["checkout.quote", "checkout.begin", "orders.open", "orders.check", "orders.resend", "orders.changeEmail"],
    ...["orders.undoEmailChange", "purchases.find", "purchases.open", "payments.hear", "payments.actOnDemo"],
    ...["withdrawals.make", "downloads.create"],
  ];
  expect(open.map(([name]) => name).sort()).toEqual([...byLogin, ...byPasskey, ...byMail, ...byGuest].sort());
});

test("refusals follow from who may call and what is sent", () => {
  expect(problemsOf(endpoints.products.create)).toEqual(
    expect.arrayContaining([
      "csrf_rejected",
      "unsupported_media_type",
      "payload_too_large",
      "malformed_json",
      "invalid_input",
      "session_store_unavailable",
      "unauthenticated",
      "internal_error",
    ]),
  );
  expect(problemsOf(endpoints.products.list)).toEqual(["invalid_input", "database_unavailable", "internal_error"]);
  expect(problemsOf(endpoints.products.get)).toEqual(["not_found", "database_unavailable", "internal_error"]);
  expect(problemsOf(endpoints.products.getOwn)).toEqual(expect.arrayContaining(["unauthenticated", "not_found"]));
  expect(problemsOf(endpoints.auth.signup)).toContain("email_taken");
  expect(problemsOf(endpoints.auth.login)).toContain("invalid_credentials");
});

test.each([
  [{ access: "public" }, false, false, []],
  [{ access: "anyone" }, false, false, ["session_store_unavailable"]],
  [{ access: "pending" }, true, false, ["session_store_unavailable", "unauthenticated"]],
  [{ access: "user" }, true, true, ["session_store_unavailable", "unauthenticated"]],
  [{ access: "user", whose: "own" }, true, true, ["session_store_unavailable", "unauthenticated", "not_found"]],
  [{ access: "user", fresh: true }, true, true, ["session_store_unavailable", "unauthenticated", "reauth_required"]],
] as const)(
  "an endpoint with %j: needs a session %s, a user %s, and may refuse as %j",
  (asked, isForSessions, isForUsers, refusals) => {
    const written = endpoint({ ...READ, ...asked });
    expect([needsSession(written), needsUser(written)]).toEqual([isForSessions, isForUsers]);
    expect(problemsOf(written)).toEqual([...refusals, "database_unavailable", "internal_error"]);
  },
);

test("what is sent can be refused: a query, parameters, and whatever changes something", () => {
  const nothing = z.strictObject({});
  const always = ["database_unavailable", "internal_error"];
  expect(problemsOf({ ...READ, access: "public", query: nothing })).toEqual(["invalid_input", ...always]);
  expect(problemsOf({ ...READ, access: "public", params: nothing })).toEqual(["not_found", ...always]);
  expect(problemsOf({ ...READ, access: "public", method: "POST" })).toEqual([
    ...[
      "csrf_rejected",
      "request_timeout",
      "unsupported_media_type",
      "payload_too_large",
      "malformed_json",
      "invalid_input",
    ],
    ...always,
  ]);
  const rawBody = { media: ["application/pdf"], as: "stream" } as const;
  expect(problemsOf({ ...READ, access: "public", method: "POST", rawBody })).toEqual([
    ...["csrf_rejected", "request_timeout", "unsupported_media_type", "payload_too_large", "malformed_request"],
    ...always,
  ]);
});

test("whoever is logged in may write only so often, and read as often as they like", () => {
  for (const access of ACCESS) {
    expect(problemsOf({ ...READ, access })).not.toContain("rate_limited");
    const written = endpoint({ ...READ, access, method: "DELETE" });
    expect(problemsOf(written).includes("rate_limited")).toBe(needsUser(written));
  }
});

test("an endpoint names further refusals, and those that can't happen", () => {
  const asked = { ...READ, access: "user", problems: ["rate_limited"], never: ["database_unavailable"] } as const;
  expect(problemsOf(asked)).toEqual(["rate_limited", "session_store_unavailable", "unauthenticated", "internal_error"]);
});

test("R74: an endpoint that does not say who may call it does not compile", () => {
  const written = READ;
  endpoint({ ...written, access: "user" });
  // @ts-expect-error `access` is missing
  endpoint(written);
  // @ts-expect-error unknown access
  endpoint({ ...written, access: "everybody" });
  // @ts-expect-error `whose` is `own` or missing
  endpoint({ ...written, access: "user", whose: "theirs" });
  // @ts-expect-error `fresh` is `true` or missing
  endpoint({ ...written, access: "user", fresh: false });
  // @ts-expect-error unknown problem code
  endpoint({ ...written, access: "user", problems: ["no_such_code"] });
  // @ts-expect-error a path begins with a slash
  endpoint({ ...written, access: "user", path: "api/x" });
  // @ts-expect-error the table itself is checked as well
  ({ nameless: written }) satisfies Record<string, Endpoint>;
});

test("types of what is sent and answered come from the table", () => {
  expectTypeOf<Answer<typeof endpoints.products.get>>().toEqualTypeOf<PublishedProduct>();
  expectTypeOf<Answer<typeof endpoints.auth.logout>>().toEqualTypeOf<undefined>();
  expectTypeOf<BodyInput<typeof endpoints.auth.logout>>().toEqualTypeOf<undefined>();
  expectTypeOf<BodyInput<typeof endpoints.auth.login>["email"]>().toEqualTypeOf<string>();
  expectTypeOf<Query<typeof endpoints.products.listOwn>["limit"]>().toEqualTypeOf<number | undefined>();
});
