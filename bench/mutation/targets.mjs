/**
 * What is changed, and the tests that have to notice: those that are about it, since all of them for each change would
 * take days. Paths are the package's own. A run can be narrowed to those whose name or files hold a word.
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
  { name: "endpoint", folder: "packages/contract", mutate: ["src/endpoint.ts"], tests: ["src/endpoints.test.ts"] },
  { name: "cursor", folder: "apps/api", mutate: ["src/lib/cursor.ts"], tests: ["src/lib/cursor.test.ts"] },
  {
    name: "sealed-box",
    folder: "apps/api",
    mutate: ["src/lib/sealed-box.ts"],
    tests: ["src/lib/sealed-box.test.ts"],
  },
  {
    name: "password",
    folder: "apps/api",
    mutate: ["src/lib/password.ts", "src/lib/turnstile.ts", "src/lib/fair-queue.ts"],
    tests: ["src/lib/password.test.ts", "src/lib/turnstile.test.ts"],
  },
  {
    name: "password-rules",
    folder: "apps/api",
    mutate: ["src/features/accounts/password-rules.ts"],
    tests: ["src/features/accounts/password-rules.test.ts"],
  },
  { name: "cookies", folder: "apps/api", mutate: ["src/http/cookies.ts"], tests: ["src/http/cookies.test.ts"] },
  { name: "access", folder: "apps/api", mutate: ["src/http/access.ts"], tests: ["src/http/access.test.ts"] },
  { name: "csrf", folder: "apps/api", mutate: ["src/http/csrf.ts"], tests: ["src/http/csrf.test.ts"] },
  {
    name: "if-match",
    folder: "apps/api",
    mutate: ["src/http/if-match.ts"],
    tests: ["src/http/if-match.test.ts"],
  },
  {
    name: "throttle",
    folder: "apps/api",
    mutate: ["src/throttle/memory-throttle.ts", "src/throttle/redis-throttle.ts"],
    tests: ["src/throttle/throttle.test.ts"],
  },
  {
    name: "session-record",
    folder: "apps/api",
    mutate: ["src/sessions/session-record.ts"],
    tests: [
      "src/sessions/session-record.test.ts",
      "src/sessions/session-store.test.ts",
      "src/sessions/many-sessions.test.ts",
      "src/sessions/redis-session-store.test.ts",
    ],
  },
  {
    name: "embedded-store",
    folder: "apps/api",
    mutate: ["src/sessions/session-store.ts", "src/sessions/embedded-session-store.ts"],
    tests: [
      "src/sessions/session-store.test.ts",
      "src/sessions/many-sessions.test.ts",
      "src/sessions/embedded-session-store.test.ts",
    ],
  },
  {
    name: "redis-store",
    folder: "apps/api",
    mutate: ["src/sessions/redis-session-store.ts"],
    tests: [
      "src/sessions/session-store.test.ts",
      "src/sessions/many-sessions.test.ts",
      "src/sessions/redis-session-store.test.ts",
    ],
  },
  {
    name: "tokens",
    folder: "apps/api",
    mutate: [
      "src/features/recovery/issue-token.ts",
      "src/features/recovery/use-token.ts",
      "src/features/recovery/end-tokens.ts",
    ],
    tests: ["src/features/recovery/use-token.test.ts", "src/features/recovery/reset-password.test.ts"],
  },
  {
    name: "sessions-in-http",
    folder: "apps/api",
    mutate: ["src/http/session.ts"],
    tests: [
      "src/features/accounts/sign-up.test.ts",
      "src/features/accounts/session-cookie.test.ts",
      "src/features/accounts/session-end.test.ts",
      "src/features/accounts/log-out.test.ts",
      "src/features/accounts/reauthenticate.test.ts",
      "src/features/sessions/sessions.test.ts",
      "src/features/factors/second-factor.test.ts",
    ],
  },
  {
    name: "budgets",
    folder: "apps/api",
    mutate: [
      "src/features/accounts/login-budgets.ts",
      "src/features/accounts/known-browsers.ts",
      "src/features/factors/code-budgets.ts",
    ],
    tests: [
      "src/features/accounts/throttle.test.ts",
      "src/features/accounts/known-browsers.test.ts",
      "src/features/accounts/many-log-ins.test.ts",
      "src/features/recovery/unlock-browser.test.ts",
      "src/features/recovery/owner-under-attack.test.ts",
      "src/features/accounts/too-many-passwords.test.ts",
      "src/features/factors/second-factor.test.ts",
    ],
  },
  {
    name: "log-in",
    folder: "apps/api",
    mutate: ["src/features/accounts/log-in.ts", "src/features/accounts/begin-session.ts"],
    tests: [
      "src/features/accounts/log-in.test.ts",
      "src/features/accounts/log-in-meanwhile.test.ts",
      "src/features/accounts/reauthenticate.test.ts",
      "src/features/accounts/renew-hash.test.ts",
      "src/features/accounts/session-cookie.test.ts",
      "src/features/accounts/throttle.test.ts",
      "src/features/accounts/too-many-passwords.test.ts",
      "src/features/factors/second-factor.test.ts",
      "src/features/recovery/change-password.test.ts",
    ],
  },
  {
    name: "new-id",
    folder: "apps/api",
    mutate: ["src/features/accounts/go-on-under-new-id.ts", "src/features/accounts/spend-proof.ts"],
    tests: [
      "src/features/accounts/go-on-under-new-id.test.ts",
      "src/features/accounts/reauthenticate.test.ts",
      "src/features/recovery/change-password.test.ts",
    ],
  },
  {
    name: "new-password",
    folder: "apps/api",
    mutate: ["src/features/recovery/reset-password.ts", "src/features/recovery/change-password.ts"],
    tests: ["src/features/recovery/reset-password.test.ts", "src/features/recovery/change-password.test.ts"],
  },
  {
    name: "own-sessions",
    folder: "apps/api",
    mutate: ["src/features/sessions/present.ts", "src/features/sessions/routes.ts"],
    tests: ["src/features/sessions/present.test.ts", "src/features/sessions/sessions.test.ts"],
  },
  {
    name: "shut-out",
    folder: "apps/api",
    mutate: ["src/features/accounts/log-out.ts", "src/features/accounts/disable-user.ts"],
    tests: [
      "src/features/accounts/log-out.test.ts",
      "src/features/accounts/disable-user.test.ts",
      "src/features/accounts/log-in-meanwhile.test.ts",
      "src/features/accounts/session-end.test.ts",
    ],
  },
  {
    name: "proof-of-person",
    folder: "apps/api",
    mutate: [
      "src/features/accounts/prove-it-is-them.ts",
      "src/features/accounts/try-proof.ts",
      "src/features/accounts/device-cookie.ts",
    ],
    tests: [
      "src/features/accounts/device-cookie.test.ts",
      "src/features/accounts/reauthenticate.test.ts",
      "src/features/accounts/throttle.test.ts",
      "src/features/accounts/too-many-passwords.test.ts",
      "src/features/accounts/note-log-in.test.ts",
    ],
  },
  {
    name: "recovery",
    folder: "apps/api",
    mutate: [
      "src/features/recovery/ask-for-recovery.ts",
      "src/features/recovery/answer-recovery-requests.ts",
      "src/features/recovery/deny-login.ts",
    ],
    tests: ["src/features/recovery/forgot-password.test.ts", "src/features/recovery/deny-login.test.ts"],
  },
  {
    name: "own-products",
    folder: "apps/api",
    mutate: ["src/features/products/change-product.ts", "src/features/products/queries.ts"],
    tests: [
      "src/features/products/change-product.test.ts",
      "src/features/products/get-store.test.ts",
      "src/features/products/read-products.test.ts",
      "src/features/own-data/deletion.test.ts",
      "src/features/own-data/export-data.test.ts",
    ],
  },
];

/** What is left out, and why: said below the table. */
export const notChanged = [
  "Not changed: `http/serve.ts`, most of which runs while the app is put together, so that each change would need all",
  "of its tests; `session-keeper.ts` of the pages, whose tests take half a minute for each change;",
  "sign-ups; and what second factors, passkeys and changes of address do beside their budgets. Their own tests and",
  "sabotage hold those.",
].join(" ");
