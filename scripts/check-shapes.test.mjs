import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "./check-shapes.mjs";

const faults = (path, ...exports) => faultsOf([{ path: `apps/api/src/${path}`, exports }]);

test("finds a file that does not do what its name says", () => {
  assert.match(
    faults("identity/email/change-email.ts", "changeAddress")[0],
    /exports nothing of its name \(changeAddress\)/,
  );
  assert.equal(faults("catalog/products/helpers.ts", "slugOf").length, 1);
  assert.equal(faults("shop/utils.ts").length, 1);
  assert.equal(faults("identity/users/user.entity.ts", "AccountEntity").length, 1);
});

test("lets a file be of a known kind, or do what its name says", () => {
  assert.deepEqual(faults("identity/auth/routes.ts", "serveAuth"), []);
  assert.deepEqual(faults("identity/account/account-extension.ts"), []);
  assert.deepEqual(faults("identity/auth/login.ts", "LoginOutcome", "logIn"), []);
  assert.deepEqual(faults("identity/users/user.entity.ts", "UserEntity"), []);
  assert.deepEqual(faults("identity/users/known-browsers.ts", "isStillKnown"), []);
});

test("asks nothing of tests, and of what is no room", () => {
  assert.deepEqual(faults("identity/auth/many-logins.test.ts"), []);
  assert.deepEqual(faults("platform/http/body.ts", "readBody"), []);
});
