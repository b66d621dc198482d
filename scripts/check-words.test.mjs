import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "./check-words.mjs";
import { parseSource } from "./sources.mjs";

const faults = (code, path = "apps/web/src/main.tsx") => faultsOf([parseSource(path, code)]);

for (const code of [
  "const a = <p>Hello</p>;",
  "const a = <p>{isOpen ? `Sent to $" + "{email}` : null}</p>;",
  'const a = <Field label="Name" />;',
  'const title = "Log in to continue";',
  "const text = `Refund $" + "{amount} now`;",
]) {
  test(`finds the words in ${code}`, () => assert.equal(faults(code).length, 1));
}

for (const code of [
  'import { a } from "./button.tsx";',
  'const a = <Field type="email" className="visually-hidden" />;',
  'throw new Error("The router has no such page");',
  'class A extends Error { constructor() { super("Unexpected answer"); } }',
  'type Named = Pick<Route, "Component">;',
  "const a = <b>–</b>;",
  'const media = "(min-width: 40rem)";',
  'const isEnter = event.key === "Enter";',
]) {
  test(`takes ${code} for what it is`, () => assert.deepEqual(faults(code), []));
}

test("lets the catalogue and tests have words", () => {
  const code = 'const title = "Log in to continue";';
  assert.deepEqual([...faults(code, "apps/web/src/words/auth.ts"), ...faults(code, "apps/web/src/a.test.ts")], []);
});

const SENDER = 'import { enqueueMail } from "../../platform/mail/enqueue-mail.ts";\n';

for (const [path, code] of [
  ["apps/api/src/identity/auth/mail-lockout.ts", `${SENDER}const subject = "Too many wrong codes";`],
  ["apps/api/src/identity/auth/mail-lockout.ts", `${SENDER}const text = \`Your order at $\{shop}\`;`],
  ["apps/api/src/identity/auth/mail-lockout.ts", `${SENDER}const row = ["Total", amount];`],
  ["apps/api/src/identity/auth/routes.ts", 'const detail = "Wait for a minute";'],
]) {
  test(`finds the words in ${code.split("\n").at(-1)} of ${path}`, () => assert.equal(faults(code, path).length, 1));
}

for (const [path, code] of [
  ["apps/api/src/words/account-mails.ts", 'const subject = "Too many wrong codes";'],
  ["apps/api/src/identity/auth/mail-lockout.ts", `${SENDER}const sql = "select id from users where id = ?";`],
  ["apps/api/src/identity/auth/mail-lockout.ts", `${SENDER}log.warn({ event: "a" }, "no mail was sent");`],
  ["apps/api/src/cli/user-commands.ts", 'const text = "Every session is over.";'],
]) {
  test(`takes ${code.split("\n").at(-1)} of ${path} for what it is`, () => assert.deepEqual(faults(code, path), []));
}
