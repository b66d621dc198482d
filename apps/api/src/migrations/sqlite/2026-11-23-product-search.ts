import { Migration } from "@mikro-orm/migrations";
import { tokenizeText } from "../../catalog/products/tokenize-text.ts";

const BATCH = 1000;

/** Adds the full-text index of product words (FTS5) and the triggers that keep it up to date. */
export class ProductSearch extends Migration {
  override async up(): Promise<void> {
    await this.#rewordProducts();

    // FTS5 identifies each text by an integer and returns texts in the order of these integers. `key` is such an
    // integer, in the order of creation. The rowid of `products` is not suitable, because VACUUM may change it.
    this.addSql(
      "create table `product_keys` (`key` integer not null primary key, `product_id` text not null unique references `products` (`id`) on delete cascade)",
    );
    this.addSql("insert into `product_keys` (`product_id`) select `id` from `products` order by `id`");

    // `search_text` holds normalised words separated by spaces, so the tokenizer only splits it. `content = ''` and
    // `detail = none` store only the relation of products and words. `prefix` adds an index for each length of a word's
    // beginning; without them, FTS5 would merge the lists of all matching words before it returns the first product.
    this.addSql(
      "create virtual table `product_search` using fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7 8 9')",
    );
    // A larger `hashsize` makes FTS5 write the initial rows in fewer, larger pieces.
    this.addSql("insert into `product_search` (`product_search`, `rank`) values ('hashsize', 67108864)");
    this.addSql(
      "insert into `product_search` (`rowid`, `words`) select k.`key`, p.`search_text` from `product_keys` k join `products` p on p.`id` = k.`product_id` where p.`status` = 'published' order by k.`key`",
    );
    this.addSql("insert into `product_search` (`product_search`, `rank`) values ('hashsize', 1048576)");

    const find = (row: string) => `(select \`key\` from \`product_keys\` where \`product_id\` = ${row}.\`id\`)`;
    const listIt = `insert into \`product_search\` (\`rowid\`, \`words\`) select ${find("new")}, new.\`search_text\` where new.\`status\` = 'published';`;
    const takeItOff = `delete from \`product_search\` where \`rowid\` = ${find("old")};`;
    this.addSql(
      `create trigger \`products_inserted\` after insert on \`products\` begin insert into \`product_keys\` (\`product_id\`) values (new.\`id\`); ${listIt} end`,
    );
    this.addSql(
      `create trigger \`products_updated\` after update of \`status\`, \`search_text\` on \`products\` when old.\`status\` <> new.\`status\` or old.\`search_text\` <> new.\`search_text\` begin ${takeItOff} ${listIt} end`,
    );
    this.addSql(`create trigger \`products_deleted\` before delete on \`products\` begin ${takeItOff} end`);
  }

  /** Fills `search_text` with the words of each product. Until now the column held the text in lower case. */
  async #rewordProducts(): Promise<void> {
    for (let lastId = ""; ; ) {
      const rows = await this.execute(
        "select `id`, `name`, `description` from `products` where `id` > ? order by `id` limit ?",
        [lastId, BATCH],
      );
      const words = rows.map(({ id, name, description }) => [id, tokenizeText(`${name}\n${description}`).join(" ")]);
      await this.execute(
        "update `products` set `search_text` = json_extract(reworded.value, '$[1]') from json_each(?) reworded where `products`.`id` = json_extract(reworded.value, '$[0]')",
        [JSON.stringify(words)],
      );
      if (rows.length < BATCH) return;
      lastId = String(rows.at(-1)?.id);
    }
  }
}
