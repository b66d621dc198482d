/**
 * The changed files, and the tests that have to notice: only those about the files, because running all tests for each
 * change would take days. Paths are relative to the package. A run can be narrowed to the targets with a word in their
 * name or files.
 */
export const targets = [
  {
    name: "safe-next",
    folder: "packages/contract",
    mutate: ["src/safe-next.ts"],
    tests: ["src/safe-next.test.ts"],
  },
  { name: "way-back", folder: "apps/web", mutate: ["src/app/paths.ts"], tests: ["src/app/paths.test.ts"] },
  {
    name: "guards",
    folder: "apps/web",
    mutate: ["src/app/guards.tsx"],
    tests: ["src/app/way-back.test.tsx"],
  },
  {
    name: "session-reducer",
    folder: "apps/web",
    mutate: ["src/session/session.ts"],
    tests: ["src/session/session.test.ts"],
  },
  { name: "endpoint", folder: "packages/contract", mutate: ["src/endpoint.ts"], tests: ["src/endpoints.test.ts"] },
  {
    name: "cursor",
    folder: "apps/api",
    mutate: ["src/platform/lib/cursor.ts"],
    tests: ["src/platform/lib/cursor.test.ts"],
  },
  {
    name: "sealed-box",
    folder: "apps/api",
    mutate: ["src/platform/lib/sealed-box.ts"],
    tests: ["src/platform/lib/sealed-box.test.ts"],
  },
  {
    name: "password",
    folder: "apps/api",
    mutate: ["src/platform/lib/password-hasher.ts", "src/platform/lib/semaphore.ts", "src/platform/lib/fair-queue.ts"],
    tests: ["src/platform/lib/password-hasher.test.ts", "src/platform/lib/semaphore.test.ts"],
  },
  {
    name: "password-rules",
    folder: "apps/api",
    mutate: ["src/identity/users/password-weakness.ts"],
    tests: ["src/identity/users/password-weakness.test.ts"],
  },
  {
    name: "cookies",
    folder: "apps/api",
    mutate: ["src/platform/http/cookies.ts"],
    tests: ["src/platform/http/cookies.test.ts"],
  },
  {
    name: "access",
    folder: "apps/api",
    mutate: ["src/platform/http/access.ts"],
    tests: ["src/platform/http/access.test.ts"],
  },
  {
    name: "csrf",
    folder: "apps/api",
    mutate: ["src/platform/http/csrf.ts"],
    tests: ["src/platform/http/csrf.test.ts"],
  },
  {
    name: "if-match",
    folder: "apps/api",
    mutate: ["src/platform/http/if-match.ts"],
    tests: ["src/platform/http/if-match.test.ts"],
  },
  {
    name: "rateLimiter",
    folder: "apps/api",
    mutate: ["src/platform/rate-limit/memory-rate-limiter.ts", "src/platform/rate-limit/redis-rate-limiter.ts"],
    tests: ["src/platform/rate-limit/rate-limiter.test.ts"],
  },
  {
    name: "session-record",
    folder: "apps/api",
    mutate: ["src/platform/sessions/session-record.ts"],
    tests: [
      "src/platform/sessions/session-record.test.ts",
      "src/platform/sessions/session-store.test.ts",
      "src/platform/sessions/many-sessions.test.ts",
      "src/platform/sessions/redis-session-store.test.ts",
    ],
  },
  {
    name: "embedded-store",
    folder: "apps/api",
    mutate: ["src/platform/sessions/session-store.ts", "src/platform/sessions/embedded-session-store.ts"],
    tests: [
      "src/platform/sessions/session-store.test.ts",
      "src/platform/sessions/many-sessions.test.ts",
      "src/platform/sessions/embedded-session-store.test.ts",
    ],
  },
  {
    name: "redis-store",
    folder: "apps/api",
    mutate: ["src/platform/sessions/redis-session-store.ts"],
    tests: [
      "src/platform/sessions/session-store.test.ts",
      "src/platform/sessions/many-sessions.test.ts",
      "src/platform/sessions/redis-session-store.test.ts",
    ],
  },
  {
    name: "tokens",
    folder: "apps/api",
    mutate: [
      "src/identity/tokens/issue-token.ts",
      "src/identity/tokens/consume-token.ts",
      "src/identity/tokens/revoke-tokens.ts",
    ],
    tests: ["src/identity/tokens/consume-token.test.ts", "src/identity/password/reset-password.test.ts"],
  },
  {
    name: "sessions-in-http",
    folder: "apps/api",
    mutate: [
      "src/platform/http/session.ts",
      "src/platform/http/session-changes.ts",
      "src/platform/http/express-session.ts",
    ],
    tests: [
      "src/identity/auth/signup.test.ts",
      "src/identity/sessions/session-cookie.test.ts",
      "src/identity/sessions/session-end.test.ts",
      "src/identity/sessions/logout.test.ts",
      "src/identity/two-factor/reauthenticate.test.ts",
      "src/identity/sessions/sessions.test.ts",
      "src/identity/two-factor/second-factor.test.ts",
    ],
  },
  {
    name: "login-limits",
    folder: "apps/api",
    mutate: [
      "src/identity/auth/login-limits.ts",
      "src/identity/users/known-browsers.ts",
      "src/identity/two-factor/code-limits.ts",
    ],
    tests: [
      "src/identity/auth/login-limits.test.ts",
      "src/identity/users/known-browsers.test.ts",
      "src/identity/auth/many-logins.test.ts",
      "src/identity/auth/unlock-browser.test.ts",
      "src/identity/auth/owner-under-attack.test.ts",
      "src/identity/auth/too-many-passwords.test.ts",
      "src/identity/two-factor/second-factor.test.ts",
    ],
  },
  {
    name: "log-in",
    folder: "apps/api",
    mutate: ["src/identity/auth/login.ts", "src/identity/sessions/begin-session.ts"],
    tests: [
      "src/identity/auth/login.test.ts",
      "src/identity/auth/login-meanwhile.test.ts",
      "src/identity/two-factor/reauthenticate.test.ts",
      "src/identity/auth/renew-hash.test.ts",
      "src/identity/sessions/session-cookie.test.ts",
      "src/identity/auth/login-limits.test.ts",
      "src/identity/auth/too-many-passwords.test.ts",
      "src/identity/two-factor/second-factor.test.ts",
      "src/identity/password/change-password.test.ts",
    ],
  },
  {
    name: "new-id",
    folder: "apps/api",
    mutate: ["src/identity/sessions/rotate-session.ts", "src/identity/sessions/consume-proof.ts"],
    tests: [
      "src/identity/sessions/rotate-session.test.ts",
      "src/identity/two-factor/reauthenticate.test.ts",
      "src/identity/password/change-password.test.ts",
    ],
  },
  {
    name: "new-password",
    folder: "apps/api",
    mutate: ["src/identity/password/reset-password.ts", "src/identity/password/change-password.ts"],
    tests: ["src/identity/password/reset-password.test.ts", "src/identity/password/change-password.test.ts"],
  },
  {
    name: "own-sessions",
    folder: "apps/api",
    mutate: ["src/identity/sessions/present.ts", "src/identity/sessions/routes.ts"],
    tests: ["src/identity/sessions/present.test.ts", "src/identity/sessions/sessions.test.ts"],
  },
  {
    name: "shut-out",
    folder: "apps/api",
    mutate: ["src/identity/sessions/logout.ts", "src/identity/users/disable-user.ts"],
    tests: [
      "src/identity/sessions/sessions.test.ts",
      "src/identity/sessions/logout.test.ts",
      "src/identity/users/disable-user.test.ts",
      "src/identity/auth/login-meanwhile.test.ts",
      "src/identity/sessions/session-end.test.ts",
    ],
  },
  {
    name: "proof-of-person",
    folder: "apps/api",
    mutate: [
      "src/identity/auth/verify-password.ts",
      "src/identity/auth/try-proof.ts",
      "src/identity/auth/known-browser-cookie.ts",
    ],
    tests: [
      "src/identity/auth/known-browser-cookie.test.ts",
      "src/identity/two-factor/reauthenticate.test.ts",
      "src/identity/auth/login-limits.test.ts",
      "src/identity/auth/too-many-passwords.test.ts",
      "src/identity/auth/after-login.test.ts",
    ],
  },
  {
    name: "recovery",
    folder: "apps/api",
    mutate: [
      "src/identity/password/request-password-reset.ts",
      "src/identity/password/send-password-resets.ts",
      "src/identity/auth/report-unknown-login.ts",
    ],
    tests: ["src/identity/password/forgot-password.test.ts", "src/identity/auth/report-unknown-login.test.ts"],
  },
  {
    name: "own-products",
    folder: "apps/api",
    mutate: ["src/catalog/products/change-product.ts", "src/catalog/products/queries.ts"],
    tests: [
      "src/catalog/products/change-product.test.ts",
      "src/catalog/products/get-store.test.ts",
      "src/catalog/products/read-products.test.ts",
      "src/identity/privacy/deletion.test.ts",
      "src/identity/privacy/export-data.test.ts",
    ],
  },
];

/** The files that are left out, and the reasons; printed below the table. */
export const notChanged = [
  "Not changed: `platform/http/serve.ts`, most of which runs while the app is put together, so that each change would need all",
  "of its tests; `session/` of the pages but its reducer, since the tests of the rest take half a minute for each change;",
  "sign-ups; and what second factors, passkeys and changes of address do beside their limits. Their own tests and",
  "sabotage hold those.",
].join(" ");
