import { afterEach, beforeEach, expect, it } from "vitest";
import { dataTablesOf } from "../../test/stored-data.ts";
import { createTestDatabase, databaseKind, openOrm, type TestDatabase } from "../../test/test-database.ts";
import "../../test/temporary-database.ts";

let testDatabase: TestDatabase;
beforeEach(async () => {
  testDatabase = await createTestDatabase();
});
afterEach(() => testDatabase.remove());

const at = new Date("2026-11-20T10:00:00Z");
const later = new Date("2026-12-20T10:00:00Z");

/** One row per table, with the columns that the table had when it was created; referenced rows come first. */
const ROWS: Record<string, Record<string, unknown>> = {
  users: {
    id: "u",
    email: "Ada@example.com",
    email_key: "ada@example.com",
    name: "Ada",
    password_hash: "hash",
    disabled_at: at,
    created_at: at,
    updated_at: at,
    version: 7,
  },
  stores: { id: "s", owner_id: "u", handle: "ada", name: "Ada's", created_at: at },
  products: {
    id: "p",
    store_id: "s",
    slug: "ice",
    name: "Ice",
    description: "Cold",
    price_amount: 150,
    price_currency: "EUR",
    status: "published",
    search_text: "ice cold",
    created_at: at,
    updated_at: at,
    version: 3,
  },
  sessions: { id: "session", user_id: "u", record: "[2]", expires_at: later.getTime() },
  settings: { key: "pepper", value: "fingerprint" },
  activity: { id: "a", user_id: "u", kind: "login", at, device: "Firefox on Windows", address: "203.0.113.x" },
  mails: {
    id: "m",
    kind: "welcome",
    to_address: "ada@example.com",
    subject: "Hello",
    body: "Words",
    message_id: "m@shop",
    created_at: at,
    next_attempt_at: later,
    attempts: 2,
    claimed_until: later,
    sent_at: at,
    given_up_at: at,
    last_error: "451",
  },
  passkeys: {
    id: "k",
    user_id: "u",
    credential_id: "credential",
    public_key: "key",
    counter: 5,
    transports: "usb",
    is_synced: databaseKind === "sqlite" ? 1 : true,
    name: "Key",
    created_at: at,
    last_used_at: at,
  },
  used_challenges: { id: "challenge", expires_at: later.getTime() },
  mailed_tokens: {
    id: "t",
    hash: "hash",
    purpose: "reset",
    user_id: "u",
    email: "ada@example.com",
    email_key: "ada@example.com",
    logged_in_at: at.getTime(),
    created_at: at,
    expires_at: later,
    ended_at: at,
  },
  recovery_requests: {
    id: "r",
    email: "ada@example.com",
    next: "/settings",
    device: "Firefox on Windows",
    address: "203.0.113.x",
    created_at: at,
  },
  totp_factors: { user_id: "u", sealed_secret: "sealed", confirmed_at: at, last_step: 58_000_000 },
  recovery_codes: { hash: "code", user_id: "u", used_at: at },
  contents: {
    ...{ id: "c", product_id: "p", kind: "note", title: "Thanks", body: "Words", position: 1 },
    ...{ created_at: at, updated_at: at },
  },
  orders: {
    ...{ id: "o", ref: "0123456789", number: 1, store_id: "s", buyer_id: "u", email: "grace@example.com" },
    ...{ email_key: "grace@example.com", attempt_key: "attempt", state: "paid", currency: "EUR", total: 150 },
    ...{ refunded: 50, seller_name: "Ada", seller_address: "London", seller_contact: "ada@example.com" },
    ...{ consent_text: "I agree", consent_at: at, pay_until: later, paid_at: at, next_check_at: later },
    ...{ trouble: "paid_twice", created_at: at },
  },
  order_items: { id: "i", order_id: "o", product_id: "p", name: "Ice", slug: "ice", amount: 150 },
  order_keys: { id: "ok", order_id: "o", key_hash: "hash", created_at: at, ended_at: at },
  order_events: { id: "oe", order_id: "o", kind: "paid", at },
  order_email_changes: {
    ...{ id: "ec", order_id: "o", former_email: "gracy@example.com", undo_hash: "undo", created_at: at, undone_at: at },
  },
  payment_attempts: {
    ...{ id: "pa", order_id: "o", n: 1, provider: "demo", session: "session", pay_at: "https://example.com" },
    ...{ payment: "payment", state: "paid", created_at: at },
  },
  payment_events: { provider: "demo", event_id: "event", kind: "paid", order_id: "o", received_at: at },
  demo_payments: {
    ...{ session: "session", order_ref: "0123456789", item_name: "Ice", amount: 150, currency: "EUR", state: "paid" },
    ...{ ends_at: later, settles_at: at, webhook_due_at: at, created_at: at },
  },
  discounts: {
    ...{ id: "d", store_id: "s", code: "Ice10", code_key: "ICE10", kind: "amount", value: 10, currency: "EUR" },
    ...{ starts_at: at, ends_at: later, max_uses: 5, uses: 1, per_buyer: 1, ended_at: at, created_at: at },
    is_restricted: databaseKind === "sqlite" ? 1 : true,
  },
  discount_products: { discount_id: "d", product_id: "p" },
  entitlements: { id: "e", order_id: "o", product_id: "p", created_at: at, ended_at: at },
  refunds: {
    ...{ id: "rf", order_id: "o", request_key: "request", provider_refund: "refund", amount: 50, state: "done" },
    ...{ ends_access: databaseKind === "sqlite" ? 1 : true, reason: "Torn", created_at: at },
  },
  disputes: {
    ...{ id: "d", order_id: "o", attempt_id: "pa", provider_dispute: "dispute", state: "needs_response", amount: 150 },
    ...{ currency: "EUR", reason: "fraudulent", answer_by: later, created_at: at },
  },
  sales_quarters: { store_id: "s", currency: "EUR", quarter: 2_000_000, orders: 1, gross: 150, refunded: 50 },
  purchase_links: {
    ...{ id: "pl", email: "grace@example.com", email_key: "grace@example.com", key_hash: "link", created_at: at },
    ...{ sent_at: at, used_at: at },
  },
  jobs: {
    ...{ id: "j", name: "check_file", key: "f", due_at: at, claimed_until: later, attempts: 1, last_error: "EIO" },
    created_at: at,
  },
  files: {
    ...{
      id: "f",
      store_id: "s",
      name: "moon.pdf",
      size: 9,
      sha256: "ab".repeat(32),
      crc32: 4_000_000_000,
      created_at: at,
    },
    ...{ media_type: "application/pdf", state: "ready", checked_at: at },
  },
  content_versions: { id: "cv", content_id: "c", version: 1, file_id: "f", created_at: at },
  uploads: {
    ...{
      id: "up",
      store_id: "s",
      product_id: "p",
      content_id: "c",
      name: "moon.pdf",
      size: 9,
      modified: 1,
      claim: "r",
    },
    ...{ created_at: at, expires_at: later, finished_at: at, claimed_until: later },
    is_claim_wanted: databaseKind === "sqlite" ? 1 : true,
  },
  pictures: {
    ...{ id: "pi", product_id: "p", file_id: "f", position: 1, alt: "A moon", state: "ready", width: 4, height: 3 },
    created_at: at,
  },
  downloads: {
    ...{
      id: "dl",
      token_hash: "hash",
      entitlement_id: "e",
      version_id: "cv",
      created_at: at,
      begun_at: at,
      used_at: at,
    },
  },
  withdrawals: {
    ...{ id: "w", ref: "9876543210", order_id: "o", name: "Grace", contact: "grace@example.com", stated_order: "0123" },
    ...{ statement: "I withdraw", received_at: at, answered_at: at, acknowledged_at: at, right_state: "access_begun" },
    ...{ right_ended_at: at, outcome: "handled", settled_at: at },
  },
};

/** A migration rewrites this column, so its content is not compared. */
const REWRITTEN = "search_text";

it("each migration takes a database along in which every table of the one before holds something", async () => {
  const orm = await openOrm(testDatabase);
  const em = orm.em.fork();
  const rowsOf = async (table: string) => {
    const rows = await em.execute<Record<string, unknown>[]>(`select * from ${table}`);
    return rows.map(({ [REWRITTEN]: _, ...row }) => row);
  };
  const fill = async (table: string, row: Record<string, unknown>) => {
    const columns = Object.keys(row).map((column) => `"${column}"`);
    const sql = `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`;
    await em.execute(sql, Object.values(row));
  };

  const kept = new Map<string, Record<string, unknown>[]>();
  for (const { name } of await orm.migrator.getPending()) {
    await orm.migrator.up({ to: name });
    for (const [table, rows] of kept) expect(await rowsOf(table), `${table}, after ${name}`).toMatchObject(rows);
    const tables = await dataTablesOf(em, testDatabase);
    for (const [table, row] of Object.entries(ROWS)) {
      if (tables.includes(table) && !kept.has(table)) await fill(table, row);
    }
    for (const table of tables) kept.set(table, await rowsOf(table));
  }
  expect([...kept.keys()]).toEqual(expect.arrayContaining(Object.keys(ROWS)));
  for (const [table, rows] of kept) expect(rows, `${table} has a row in ROWS`).toHaveLength(1);
  await orm.close();
});
