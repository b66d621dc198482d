import { Migration } from "@mikro-orm/migrations";
import { tokenizeText } from "../../catalog/products/tokenize-text.ts";

const BATCH = 1000;

/** Adds the full-text index of product words (GIN) and the trigger that keeps it up to date. */
export class ProductSearch extends Migration {
  override async up(): Promise<void> {
    await this.#rewordProducts();

    // The index has its own table with short rows, because a scan of it is fast; rows of `products` can be long.
    this.addSql(
      `create table "product_search" ("product_id" varchar(36) not null primary key references "products" ("id") on delete cascade, "words" tsvector not null)`,
    );
    // `search_text` holds normalised words separated by spaces. `array_to_tsvector` stores these words unchanged in any
    // locale.
    const wordsOf = (row: string) => `array_to_tsvector(string_to_array(${row}.search_text, ' '))`;
    this.addSql(
      `insert into "product_search" select p.id, ${wordsOf("p")} from "products" p where p.status = 'published' order by p.id`,
    );
    // `fastupdate = off` disables the pending list, which every search would have to scan.
    this.addSql(
      `create index "product_search_words_index" on "product_search" using gin ("words") with (fastupdate = off)`,
    );

    this.addSql(
      `create function "keep_product_search"() returns trigger language plpgsql as $$
      begin
        if new.status = 'published' then
          insert into product_search (product_id, words) values (new.id, ${wordsOf("new")})
          on conflict (product_id) do update set words = excluded.words;
        else
          delete from product_search where product_id = new.id;
        end if;
        return null;
      end $$`,
    );
    this.addSql(
      `create trigger "products_inserted" after insert on "products" for each row execute function "keep_product_search"()`,
    );
    this.addSql(
      `create trigger "products_updated" after update of "status", "search_text" on "products" for each row when (old.status <> new.status or old.search_text <> new.search_text) execute function "keep_product_search"()`,
    );
  }

  /** Fills `search_text` with the words of each product. Until now the column held the text in lower case. */
  async #rewordProducts(): Promise<void> {
    for (let lastId = ""; ; ) {
      const rows = await this.execute(
        `select "id", "name", "description" from "products" where "id" > ? order by "id" limit ?`,
        [lastId, BATCH],
      );
      const words = rows.map(({ id, name, description }) => [id, tokenizeText(`${name}\n${description}`).join(" ")]);
      await this.execute(
        `update "products" set "search_text" = reworded.pair->>1 from json_array_elements(?::json) reworded(pair) where "id" = reworded.pair->>0`,
        [JSON.stringify(words)],
      );
      if (rows.length < BATCH) return;
      lastId = String(rows.at(-1)?.id);
    }
  }
}
