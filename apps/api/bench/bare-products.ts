// A bare Express app that runs the list's SQL through the same driver and answers the same JSON.
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import BetterSqlite from "better-sqlite3";
import express from "express";
import { presentCard } from "../src/catalog/products/present.ts";
import type { ListedProduct } from "../src/catalog/products/queries.ts";
import { schema } from "../src/entities.ts";
import { postgresConfig } from "../src/platform/db/postgres.ts";
import { pageOf } from "../src/platform/http/paging.ts";

const { PORT, HOST = "127.0.0.1", FOLDER = "", DATABASE_URL, SQL = "" } = process.env;
const LIMIT = 24;

function readFromSqlite(file: string): () => ListedProduct[] {
  const statement = new BetterSqlite(file).prepare(SQL);
  return () => statement.all(LIMIT + 1) as ListedProduct[];
}

/** The pool is the driver's own; the ORM only opens it. */
async function readFromPostgres(url: string): Promise<() => Promise<ListedProduct[]>> {
  const pool = await (await MikroORM.init(postgresConfig(url, schema))).em.getConnection().getNativeClient();
  const text = SQL.replace("?", "$1");
  return async () => (await pool.query<ListedProduct>(text, [LIMIT + 1])).rows;
}

const read = DATABASE_URL ? await readFromPostgres(DATABASE_URL) : readFromSqlite(join(FOLDER, "yumroad.db"));
const app = express();
app.get("/healthz", (_req, res) => void res.end());
app.get("/api/products", async (_req, res) => {
  res.json(pageOf(await read(), LIMIT, presentCard));
});
app.listen(Number(PORT), HOST);
