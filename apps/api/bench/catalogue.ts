// Fills a database with products at the schema before the search, then migrates it to the newest schema, as an update
// does with a grown shop. Prints the seconds that the migration took.
import { join } from "node:path";
import { MikroORM as Postgres } from "@mikro-orm/postgresql";
import { MikroORM as Sqlite } from "@mikro-orm/sqlite";
import { createRandom } from "@yumroad/scenarios";
import { v7 as uuid } from "uuid";
import { schema } from "../src/entities.ts";
import { openDatabase } from "../src/platform/db/database.ts";
import { postgresConfig } from "../src/platform/db/postgres.ts";
import { sqliteConfig } from "../src/platform/db/sqlite.ts";

const FIRST_MIGRATION = "2026-11-22-accounts-and-products";
const BATCH = 2000;
const STORES = 50;
const VOCABULARY = 50_000;
const WORDS_PER_TEXT = 24;

const { FOLDER = "", DATABASE_URL, COUNT = "1000" } = process.env;
const databaseUrl = DATABASE_URL || null;
const count = Number(COUNT);

/** Seeded, so that the words are the same on every run. */
const random = createRandom(20_261_123);
const syllables =
  "ba be bo da de do fa fi ga go ka ke ko la le lo ma me mi na no pa po ra re ri sa se so ta te to".split(" ");
const vocabulary = Array.from({ length: VOCABULARY }, (_, number) => {
  let word = "";
  for (let rest = number + syllables.length; rest > 0; rest = Math.floor(rest / syllables.length)) {
    word += syllables[rest % syllables.length];
  }
  return word;
});

/**
 * Word frequencies as in natural language: the second word is half as frequent as the first, the tenth a tenth (Zipf's
 * law).
 */
function anyWord(): string {
  return vocabulary[Math.floor(VOCABULARY ** random()) - 1] ?? "";
}

/** Half of all products contain the common word, a third the other one, 1 % the middling one, and ten the rare one. */
function textOf(number: number): string {
  const words = Array.from({ length: WORDS_PER_TEXT }, anyWord);
  if (random() < 0.5) words.push("watercolour");
  if (random() < 0.33) words.push("procreate");
  if (number % 100 === 0) words.push("middling");
  if (number % Math.ceil(count / 10) === 7) words.push("zanzibar");
  return words.join(" ");
}

const orm =
  databaseUrl === null
    ? await Sqlite.init(sqliteConfig(join(FOLDER, "yumroad.db"), schema))
    : await Postgres.init(postgresConfig(databaseUrl, { ...schema, queryPatienceMs: 0 }));
await orm.migrator.up({ to: FIRST_MIGRATION });
const em = orm.em.fork();
const now = new Date();
for (let number = 0; number < STORES; number += 1) {
  const person = `insert into users (id, email, email_key, name, password_hash, created_at, updated_at) values (?, ?, ?, 'Seller', 'none', ?, ?)`;
  await em.execute(person, [`user-${number}`, `seller-${number}`, `seller-${number}`, now, now]);
  const store = "insert into stores (id, owner_id, handle, name, created_at) values (?, ?, ?, 'A store', ?)";
  await em.execute(store, [`store-${number}`, `user-${number}`, `store-${number}`, now]);
}

const columns =
  "id, store_id, slug, name, description, price_amount, price_currency, status, search_text, created_at, updated_at";
for (let made = 0; made < count; made += BATCH) {
  const rows = Array.from({ length: Math.min(BATCH, count - made) }, (_, place) => {
    const number = made + place;
    const name = `${anyWord()} ${anyWord()} number ${number}`;
    return [
      uuid(),
      `store-${number % STORES}`,
      `product-${number}`,
      name,
      textOf(number),
      1200,
      "EUR",
      // One in twenty is a draft.
      number % 20 === 19 ? "draft" : "published",
      "",
      databaseUrl === null ? now.getTime() : now.toISOString(),
      databaseUrl === null ? now.getTime() : now.toISOString(),
    ];
  });
  const field = (place: number) =>
    databaseUrl === null
      ? `json_extract(value, '$[${place}]')`
      : `(value->>${place})${place === 5 ? "::int" : place >= 9 ? "::timestamptz" : ""}`;
  const fields = columns.split(", ").map((_, place) => field(place));
  const source = databaseUrl === null ? "json_each(?)" : "json_array_elements(?::json)";
  await em.execute(`insert into products (${columns}) select ${fields.join(", ")} from ${source}`, [
    JSON.stringify(rows),
  ]);
}
await orm.close();

const startedAt = performance.now();
const database = await openDatabase({ databaseUrl, folder: FOLDER, ...schema });
await database.migrate();
await database.close();
console.log(((performance.now() - startedAt) / 1000).toFixed(0));

// Postgres does this by itself some minutes after so many changes.
if (databaseUrl !== null) {
  const again = await Postgres.init(postgresConfig(databaseUrl, { ...schema, queryPatienceMs: 0 }));
  await again.em.fork().execute("vacuum analyze");
  await again.close();
}
