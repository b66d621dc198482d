// What a tired person could do to one line, and the scenario that goes red by it. `find` has to be there exactly once.
// `on`: the pairing that the fault needs to be seen; otherwise SQLite and the embedded store.
// Faults of pages name a test of the web app, an earlier one of its file that has to stay green (`control`), and the
// `journey` in Chromium if one sees them.
const session = "apps/api/src/platform/http/session.ts";
const expressSession = "apps/api/src/platform/http/express-session.ts";
const sessionChanges = "apps/api/src/platform/http/session-changes.ts";
const serve = "apps/api/src/platform/http/serve.ts";
const csrf = "apps/api/src/platform/http/csrf.ts";
const cookies = "apps/api/src/platform/http/cookies.ts";
const record = "apps/api/src/platform/sessions/session-record.ts";
const embedded = "apps/api/src/platform/sessions/embedded-session-store.ts";
const redisScripts = "apps/api/src/platform/sessions/redis-session-scripts.ts";
// Whatever a fault does, these pages still work. They stand first in their files: nothing is run after a failure.
const wayBackControl = "the guard sends to the log-in page with path, query and fragment, and says why";
const sessionEndControl = "R34: a 401 of the log-in itself redirects nowhere";
const api = (path) => `apps/api/src/${path}`;
const web = (path) => `apps/web/src/${path}`;

const onRedis = { database: "sqlite", sessions: "redis" };
const onPostgres = { database: "postgres", sessions: "embedded" };

export const faults = [
  {
    name: "a log-in keeps the id that was there",
    file: expressSession,
    find: "await promised((done) => req.session.regenerate(done));",
    replace: "",
    red: "a log-in has a new id, and the one before is dead",
  },
  {
    name: "the answer does not wait for the session to be saved",
    file: expressSession,
    find: "await promised((done) => req.session.save(done));",
    replace: "req.session.save();",
    red: "with a store that is 150 ms slow, a session is stored before the answer tells of it",
    on: onRedis,
  },
  {
    name: "a session is written over whatever became of it, instead of over what was read",
    file: redisScripts,
    find: "  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end\n  redis.call('SET', KEYS[1], ARGV[2], 'XX', 'PX', ARGV[3])",
    replace: "  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])",
    red: "with a slow store, a request that was under way does not bring a session back after its log-out",
    on: onRedis,
  },
  {
    name: "an id that was changed goes on being good",
    file: redisScripts,
    find: "if redis.call('DEL', KEYS[1]) == 0 then return 0 end",
    replace: "if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end",
    red: "the password makes it good for another ten minutes, under a new id",
    on: onRedis,
  },
  {
    name: "ending all sessions takes them from the list and not from the store",
    file: redisScripts,
    find: "      ended = ended + redis.call('DEL', ARGV[1] .. id)\n",
    replace: "",
    red: "a new password goes on here under a new id, and ends all other sessions",
    on: onRedis,
  },
  {
    name: "a new password ends no other session",
    file: embedded,
    find: "delete from sessions where user_id = ? and id <> ?",
    replace: "delete from sessions where user_id = ? and id <> ? and 1 = 0",
    red: "a new password goes on here under a new id, and ends all other sessions",
  },
  {
    // Postgres answers several at a time; SQLite one after the other, so that nothing comes in between.
    name: "whoever notes a session's use writes it, whether or not it is still there",
    file: embedded,
    find: '"update sessions set record = ?, expires_at = ? where id = ? and record = ?", [\n      encodeRecord(record),\n      endOf(record, this.#options.limits),\n      id,\n      this.#known.get(loaded),\n',
    replace:
      '"insert into sessions (record, expires_at, id, user_id) values (?, ?, ?, ?) on conflict (id) do update set record = excluded.record", [\n      encodeRecord(record),\n      endOf(record, this.#options.limits),\n      id,\n      loaded.user.id,\n',
    red: "requests around a log-out, which have the session's use to note, do not bring it back",
    on: onPostgres,
  },
  {
    name: "the session is looked at before the rest of the body has arrived",
    file: serve,
    find: "    const [read] = await Promise.allSettled([readBody(req, res, () => guards.confirmSession(req))]);\n    // 503, 401, 403 not fresh\n    const user = isForAnyone ? null : await guards.identify(endpoint, req, res);\n",
    replace:
      "    const user = isForAnyone ? null : await guards.identify(endpoint, req, res);\n    const [read] = await Promise.allSettled([readBody(req, res, async () => {})]);\n",
    red: "a request that was begun before a log-out and ends after it is refused",
  },
  {
    name: "ending all others ends one of them",
    file: embedded,
    find: "delete from sessions where user_id = ? and id <> ?",
    replace: "delete from sessions where id in (select id from sessions where user_id = ? and id <> ? limit 1)",
    red: "ending all others leaves this one, and none of them",
  },
  {
    name: "the list of sessions is everybody's",
    file: embedded,
    find: "return (await this.#rowsOf(userId)).flatMap(",
    replace: 'return (await this.#run<Row[]>("select id, record from sessions", [])).flatMap(',
    red: "the list has nobody else's sessions",
  },
  {
    name: "the list of sessions tells their ids",
    file: api("identity/sessions/present.ts"),
    find: "handle: publicIdOf(id),",
    replace: "handle: id,",
    red: "a handle of the list opens nothing, and tells nothing of the id",
  },
  {
    name: "a log-out clears the cookie and leaves the session",
    file: sessionChanges,
    find: "const ended = await Promise.all(ids.map((id) => store.end(id)));",
    replace: "const ended: (SessionRecord | null)[] = ids.map(() => null);",
    red: "after a log-out the old cookie is dead from everywhere, at once",
  },
  {
    name: "a log-out by GET",
    file: "packages/contract/src/auth.ts",
    find: 'method: "POST",\n    path: "/api/auth/logout",',
    replace: 'method: "GET",\n    path: "/api/auth/logout",',
    red: "a log-out is a POST: GET does nothing and says so",
  },
  {
    name: "HttpOnly off",
    file: cookies,
    find: "httpOnly: true",
    replace: "httpOnly: false",
    red: "the session's cookie is bound to the host, secure, out of scripts' reach, and lax",
  },
  {
    name: "SameSite off",
    file: cookies,
    find: 'sameSite: "lax" }',
    replace: 'sameSite: "none" }',
    red: "the session's cookie is bound to the host, secure, out of scripts' reach, and lax",
  },
  {
    name: "Secure off",
    file: cookies,
    find: "httpOnly: true, secure,",
    replace: "httpOnly: true, secure: false,",
    red: "the session's cookie is bound to the host, secure, out of scripts' reach, and lax",
  },
  {
    name: "of two cookies of our name the first is believed",
    file: expressSession,
    find: "return values.length === 1 ? (values[0] ?? null) : null;",
    replace: "return values[0] ?? null;",
    red: "two cookies of our name are nobody's, even when one of them is alive",
  },
  {
    name: "answers about a person may be stored",
    file: serve,
    find: '    res.setHeader("Cache-Control", "no-store");\n',
    replace: "",
    red: "what depends on who asks is never stored",
  },
  {
    name: "the page may be stored",
    file: "apps/api/src/platform/http/web-app.ts",
    find: 'res.set("Cache-Control", "no-store").type("html");',
    replace: 'res.type("html");',
    red: "the page itself is never stored, so that Back can't bring it out of a cache",
  },
  {
    name: "scripts may stand in pages",
    file: "apps/api/src/platform/http/security-headers.ts",
    find: "`script-src ${own}`",
    replace: "`script-src ${own} 'unsafe-inline'`",
    red: "every answer has the headers that keep a browser on our side",
    control: "nobody but a local demo has a mail tray",
  },
  {
    name: "what the browser says of where a request comes from is not looked at",
    file: csrf,
    find: 'if (site !== undefined) return site === "same-origin";',
    replace: "if (site !== undefined) return true;",
    red: "a page of another site can change nothing for whoever is logged in, even with the cookie",
  },
  {
    name: "Origin is not looked at",
    file: csrf,
    find: "if (origin !== undefined) return origin === publicOrigin;",
    replace: "if (origin !== undefined) return true;",
    red: "where a browser says nothing of Sec-Fetch, its Origin decides",
  },
  {
    name: "a request that tells nothing of itself may bring a cookie",
    file: csrf,
    find: "return !cookie;",
    replace: "return true;",
    red: "what says neither is no browser: it may log in, and may bring no cookie",
  },
  {
    name: "X-Forwarded-For is believed, whoever wrote it",
    file: "apps/api/src/app.ts",
    find: 'app.set("trust proxy", config.trustProxy);',
    replace: 'app.set("trust proxy", true);',
    red: "what the proxy in front did not say does not change where a try comes from",
  },
  {
    name: "mails lead to the Host that was asked for",
    file: "apps/api/src/app.ts",
    find: "  app.use(logRequests(app, logger));",
    replace:
      '  app.use(logRequests(app, logger), (req, _res, next) => next(void (config.publicUrl.host = req.headers.host ?? "")));',
    red: "a mailed link leads to the shop's own address, whatever Host the request came with",
  },
  {
    name: "the way back is in the mail, as whoever asked has typed it",
    file: api("identity/password/send-password-resets.ts"),
    find: "`/reset-password#token=${token}`",
    replace: '`/reset-password?next=${encodeURIComponent(next ?? "")}#token=${token}`',
    red: "a way back that leads to a page of the shop is handed over once the link is used, and is not in the mail",
  },
  {
    name: "an unknown address is refused early",
    file: api("identity/auth/login.ts"),
    find: "  const { isRight, isOutdated } = await hasher",
    replace:
      '  if (!account) return { kind: "refused", userId: null };\n  const { isRight, isOutdated } = await hasher',
    red: "an unknown address costs as much time as a wrong password",
  },
  {
    name: "a disabled account is told apart",
    file: api("identity/auth/login.ts"),
    find: "if (!account || !isRight || account.isDisabled) {",
    replace: 'if (account?.isDisabled) return { kind: "too_many", retryAfterMs: 1 };\n  if (!account || !isRight) {',
    red: "an unknown address, a wrong password and a disabled account are refused with the same bytes",
  },
  {
    name: "disabling somebody leaves their sessions",
    file: api("identity/users/disable-user.ts"),
    find: "return endingSessions(ctx, { userId }, () =>",
    replace: "return ((_ctx: unknown, _whose: unknown, work: () => Promise<boolean>) => work())(ctx, { userId }, () =>",
    red: "disabling an account ends each of its sessions at its next request, and nobody else's",
  },
  {
    name: "a session in which nothing happens goes on until its last day",
    file: record,
    find: "return Math.min(idleEnd, absoluteEndOf(record, limits));",
    replace: "return idleEnd > 0 ? absoluteEndOf(record, limits) : 0;",
    red: "unused for a day a session is over, remembered after fourteen",
  },
  {
    name: "a session that is used goes on for ever",
    file: record,
    find: "return Math.min(idleEnd, absoluteEndOf(record, limits));",
    replace: "return idleEnd;",
    red: "after a week a session is over, however much it was used",
  },
  {
    name: "being asked about keeps a session alive",
    file: "apps/api/src/platform/http/guards.ts",
    find: 'if (req.query.passive !== "1") ',
    replace: "",
    red: "use keeps a session alive, and being asked about it passively does not",
  },
  {
    name: "a changed name does not reach the sessions",
    file: api("identity/account/change-profile.ts"),
    find: "return syncUserToSessions(ctx, userId);",
    replace:
      "const { em, accountExtension } = ctx; const sessionStore = { rewriteUser: async () => {} }; return syncUserToSessions({ em, accountExtension, sessionStore }, userId);",
    red: "a changed name is in each of a person's sessions at its next request",
  },
  {
    name: "half a session counts as a whole one",
    file: session,
    find: "return record?.isPending ? null : record;",
    replace: "return record;",
    red: "the password alone logs nobody in: it is half a session, which is nobody's",
  },
  {
    name: "a code of an app is good again and again",
    file: api("identity/two-factor/consume-code.ts"),
    find: "and last_step < ?",
    replace: "and last_step <= ?",
    red: "a code is good once",
  },
  {
    name: "a recovery code is good again and again",
    file: api("identity/two-factor/recovery-codes.ts"),
    find: " and used_at is null",
    replace: "",
    red: "a recovery code is good once, however it is typed",
  },
  {
    name: "a recovery code is good for everybody",
    file: api("identity/two-factor/recovery-codes.ts"),
    find: "hash = ? and user_id = ?",
    replace: "hash = ? and (user_id = ? or 1 = 1)",
    red: "one person's recovery code is nothing to another",
  },
  {
    name: "new recovery codes are stored before anybody knows whether they can be shown",
    file: api("identity/two-factor/routes.ts"),
    find: "await rotateSession(ctx, req, { user, isProven: false });\n    const recoveryCodes = await renewRecoveryCodes(ctx, user.id);",
    replace:
      "const recoveryCodes = await renewRecoveryCodes(ctx, user.id);\n    await rotateSession(ctx, req, { user, isProven: false });",
    red: "of recovery codes renewed several times at once, those that are shown are those that work",
    // Where several requests are really in the database at once.
    on: { database: "postgres", sessions: "redis" },
  },
  {
    name: "the password proves who one is, whatever is set up beside it",
    file: api("identity/two-factor/reauthenticate.ts"),
    find: "if (!(await needsCode())) return",
    replace: "if (proof.account) return",
    red: "where an app is set up, the password proves nothing without its code",
  },
  {
    name: "a passkey's answer is good again and again",
    file: api("identity/passkeys/verify-passkey.ts"),
    find: "if (!(await consumeChallenge(ctx, right.challenge))) return null;",
    replace: "",
    red: "an answer of a passkey is good once, and once when it is sent many times at once",
  },
  {
    name: "somebody else's passkey proves who one is",
    file: api("identity/passkeys/verify-passkey.ts"),
    find: "if (onlyFor !== null && passkey.userId !== onlyFor) return refused;",
    replace: "",
    red: "a passkey answers for its own account alone",
  },
  {
    name: "the token of a mailed link is in its query, which every server on the way is told",
    file: api("identity/password/send-password-resets.ts"),
    find: "`/reset-password#token=${token}`",
    replace: "`/reset-password?token=${token}`",
    red: "the token is in the fragment of the link, which no server is sent",
  },
  {
    name: "a GET that brings a token uses it up",
    file: "apps/api/src/app.ts",
    find: "  app.use(logRequests(app, logger));",
    replace: `  app.use(logRequests(app, logger), async (req, _res, next) => {
    const { hashOfToken } = await import("./identity/tokens/consume-token.ts");
    const { MailedTokenEntity } = await import("./identity/tokens/mailed-token.entity.ts");
    const brought = { hash: hashOfToken(String(req.query.token)) };
    const em = dependencies.database.fork();
    if (req.method === "GET") await em.nativeUpdate(MailedTokenEntity, brought, { endedAt: new Date() });
    next();
  });`,
    red: "opening the link uses nothing up: GET and HEAD leave it good",
  },
  {
    name: "a try with a password that is too weak uses the link up",
    file: api("identity/tokens/consume-token.ts"),
    find: "  const { user } = token;\n  const isGood =",
    replace:
      "  const { user } = token;\n  await em.nativeUpdate(MailedTokenEntity, { id: token.id }, { endedAt: new Date() });\n  const isGood =",
    red: "a password that is too weak leaves the link as good as it was",
  },
  {
    name: "of many that use a link at once, all may",
    file: api("identity/tokens/consume-token.ts"),
    find: "{ id: token.id, endedAt: null, expiresAt: { $gt: now } },",
    replace: "{ id: token.id },",
    red: "a link that is used many times at once works once",
  },
  {
    name: "a link for one thing opens another",
    file: api("identity/password/reset-password.ts"),
    find: 'const PURPOSES = ["reset_password", "recover_account"] as const;',
    replace: 'const PURPOSES = ["reset_password", "recover_account", "verify_email"] as const;',
    red: "a link is for one purpose: one that confirms an address gives no new password, nor the other way round",
  },
  {
    name: "links are good for ever",
    file: api("identity/tokens/issue-token.ts"),
    find: "expiresAt: new Date(now + lifetime),",
    replace: "expiresAt: new Date(now + 1000 * lifetime),",
    red: "after an hour a link is over",
  },
  {
    name: "whoever asks for a link ends the owner's",
    file: api("identity/tokens/issue-token.ts"),
    find: "return live >= limits.liveLinks ? null : insertToken(ctx, given);",
    replace: "return live < 0 ? null : issueToken(ctx, given);",
    red: "whoever asks for another link ends none of those before, three at most are good, and the one that is used ends the others",
  },
  {
    name: "a click alone confirms an address, whoever has made the account",
    file: api("identity/auth/verify-confirmer.ts"),
    find: 'if (password === undefined) return { kind: "password_required" };',
    replace: 'if (password === undefined) return { kind: "is_theirs" };',
    red: "a click on the link confirms no account that somebody else has made: its password is asked for",
  },
  {
    name: "an account that its owner did not make keeps their address",
    file: api("identity/account/disown-account.ts"),
    find: "  const email = makeUndeliverableEmail();",
    replace: "  const email = user.email ?? makeUndeliverableEmail();",
    red: "who did not create an account with their address says so, and can sign up with it at once",
  },
  {
    name: "an account whose address is not proven may be given a passkey",
    file: api("identity/two-factor/factor-owner.ts"),
    find: 'if (!user.emailVerifiedAt && mailer.way !== "none") return "email_unverified";',
    replace: "void mailer;",
    red: "before an address is proven its account gets no other way to log in",
  },
  {
    name: "a mail as often as anybody likes",
    file: api("identity/password/request-password-reset.ts"),
    find: 'if (!again.isAllowed) return { kind: "asked" };',
    replace: "",
    red: "an address gets one mail in five minutes, however often it is asked for",
  },
  {
    name: "nothing asks whether it is you",
    file: "apps/api/src/platform/http/access.ts",
    find: 'if (endpoint.fresh && !isFresh) return "reauth_required";',
    replace: "",
    red: "eleven minutes after the log-in, what could take the account away asks for the password again",
  },
  {
    name: "wrong passwords are not counted",
    file: "apps/api/src/platform/rate-limit/memory-rate-limiter.ts",
    find: "window.count += 1;",
    replace: "window.count += 0;",
    red: "after five wrong passwords the sixth try waits, be it the right one",
  },
  {
    name: "tries from browsers that nobody knows are counted nowhere",
    file: api("identity/auth/login-limits.ts"),
    find: "return { all: [fromHere, ...shared, ...ofRight], ofAccount,",
    replace: "return { all: [], ofAccount,",
    red: "many tries at once get no further than as many in a row",
  },
  {
    name: "a browser that is known to one account is known to all",
    file: api("identity/auth/login-limits.ts"),
    find: "knownBrowser?.knownTo.find((known) => known.accountId === accountId)?.number",
    replace: "knownBrowser?.knownTo[0]?.number",
    red: "an attacker's own account earns nothing for another one",
  },
  {
    name: "a new password leaves the browsers that were known",
    file: api("identity/password/change-password.ts"),
    find: "const number = await revokeOtherBrowsers(em, userId, formerNumber, limits);",
    replace: "const number = formerNumber;",
    red: "after a new password every other browser is a stranger's until it has logged in again",
  },
  {
    name: "without its store the limiter lets everybody through",
    file: "apps/api/src/platform/rate-limit/redis-rate-limiter.ts",
    find: "if (error instanceof RedisUnavailable) return this.#ownCounts.consume(limitKeys);",
    replace: "if (error instanceof RedisUnavailable) return { isAllowed: true, spent: [] };",
    red: "while the store of the limits is away nobody is unlimited",
    on: onRedis,
  },
  {
    name: "an error tells what went wrong inside",
    file: "apps/api/src/platform/http/problem.ts",
    find: 'if (isDatabaseOutOfReach(error)) return new Refusal("database_unavailable", { retryAfter: 2 });',
    replace:
      'if (isDatabaseOutOfReach(error)) return new Refusal("database_unavailable", { retryAfter: 2, detail: String(error) });',
    red: "while the database is away the shop says that and nothing of why, and recovers by itself",
    on: onPostgres,
  },
  {
    name: "a password in the log",
    file: api("identity/two-factor/routes.ts"),
    find: "    const outcome = await reauthenticate(",
    replace: '    req.log.info({ body }, "proof");\n    const outcome = await reauthenticate(',
    red: "no answer and no line of the log holds an id or a password",
  },
  {
    name: "only the letters that bcrypt reads count",
    file: "apps/api/src/platform/lib/password-hasher.ts",
    find: 'return createHmac("sha384", pepper).update(normalizePassword(password), "utf8").digest("base64");',
    replace: "return `${pepper.slice(0, 8)}${normalizePassword(password)}`;",
    red: "a password is right only exactly as it was chosen, to the last character",
  },
  {
    name: "a product is whoever's asks",
    file: api("catalog/products/queries.ts"),
    find: "where p.slug = ? and s.owner_id = ?",
    replace: "where p.slug = ? and (s.owner_id = ? or 1 = 1)",
    red: "somebody else's product is not there to be looked into, changed or deleted",
  },
  {
    name: "a draft is everybody's",
    file: api("catalog/products/queries.ts"),
    find: "where p.slug = ? and p.status = 'published'",
    replace: "where p.slug = ?",
    red: "a draft is its seller's alone: no page, no list, no store and no search shows it",
  },
  {
    name: "If-Match is not looked at",
    file: "apps/api/src/platform/http/if-match.ts",
    find: 'if (!named.includes(currentTag)) throw new Refusal("version_conflict");',
    replace: "",
    red: "a change names the version it is of: none is asked for, another one is refused",
  },
  {
    name: "of several changes at once the last one wins",
    file: api("catalog/products/change-product.ts"),
    find: "{ id: product.id, version: product.version },",
    replace: "{ id: product.id },",
    red: "of several changes to one version at once, one is made",
    on: onPostgres,
  },
  {
    name: "pages: the way back is not looked at",
    file: web("app/paths.ts"),
    find: 'return safeNext(new URLSearchParams(search).get("next"), paths.home);',
    replace: 'return new URLSearchParams(search).get("next") ?? paths.home;',
    test: { file: "src/app/way-back.test.tsx", name: "R27: with next=", control: wayBackControl },
    journey: "way-back.spec.ts › a bad one never leaves this site or blanks the page: it goes home",
  },
  {
    name: "pages: the way back is used twice",
    file: web("app/paths.ts"),
    find: "  const clean = safeNext(next, paths.home);",
    replace:
      "  const kept: { next?: string } = globalThis;\n  const clean = next === paths.home ? (kept.next ?? next) : safeNext(next, paths.home);\n  kept.next = clean;",
    test: {
      file: "src/app/way-back.test.tsx",
      name: "S8, R25: log-in goes back to the page tried, once",
      control: wayBackControl,
    },
    journey: "way-back.spec.ts › it is used once: the next log-in goes home",
  },
  {
    name: "pages: what was kept for one person is opened for another",
    file: web("app/paths.ts"),
    find: "return stashedFor !== null && stashedFor !== userId ? paths.home : nextOf(location.search);",
    replace: "return stashedFor === userId ? nextOf(location.search) : nextOf(location.search);",
    test: { file: "src/app/way-back.test.tsx", name: "R33", control: wayBackControl },
    journey:
      "session-end.spec.ts › the page that was kept for one person is not opened for another, nor is what she typed",
  },
  {
    name: "pages: the cache stays when the person changes",
    file: web("app/session-keeper.ts"),
    find: "!isSession(queryKey) && meta?.isPublic !== true && meta?.isLasting !== true",
    replace: "isSession(queryKey) && meta?.isPublic === true",
    test: {
      file: "src/app/session-end.test.tsx",
      name: "R35: on log-out A's data is gone, and B's list is B's alone",
      control: sessionEndControl,
    },
    journey:
      "session-end.spec.ts › what one person had on the screen is gone for the next one, before the server has answered",
  },
  {
    name: "pages: a late answer reaches the next person",
    file: web("app/session-keeper.ts"),
    find: "    beginEpoch();\n",
    replace: "",
    test: {
      file: "src/app/session-end.test.tsx",
      name: "R35: an answer for A that arrives late never reaches B's screen",
      control: sessionEndControl,
    },
    journey: "session-end.spec.ts › what one person has asked for says nothing to the next one",
  },
  {
    name: "pages: a protected page shows before it is known who is here",
    file: web("app/guards.tsx"),
    find: "  if (session.data === undefined) return <Probing session={session} />;\n  if (session.data.user !== null) return <Outlet key={session.data.user.id} />;",
    replace:
      "  if (session.data === undefined) return <Outlet />;\n  if (session.data.user !== null) return <Outlet />;",
    test: {
      file: "src/app/way-back.test.tsx",
      name: "R29: while the probe is pending, neither page nor log-in form shows",
      control: wayBackControl,
    },
    journey:
      "guards.spec.ts › until it is known who is here, neither the page nor the log-in form shows, and nothing protected is asked for",
  },
];
