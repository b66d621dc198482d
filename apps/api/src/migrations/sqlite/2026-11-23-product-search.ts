import { Migration } from "@mikro-orm/migrations";
import { tokenizeText } from "../../catalog/products/tokenize-text.ts";

const BATCH = 1000;

/** Products are found by a full-text index of their words (FTS5), which triggers keep in step with the products. */
export class ProductSearch extends Migration {
  override async up(): Promise<void> {
    await this.#rewordProducts();

    // FTS5 knows its texts by an integer, and hands them out in its order: this one is in the order of creation. A
    // row's own number would not do: VACUUM may change it.
    this.addSql(
      "create table `product_keys` (`key` integer not null primary key, `product_id` text not null unique references `products` (`id`) on delete cascade)",
    );
    this.addSql("insert into `product_keys` (`product_id`) select `id` from `products` order by `id`");

    // The words come folded and parted by spaces, so the tokenizer has nothing to do but to part them. Nothing but
    // which product has which word is kept. Each beginning has a list of its own, since FTS5 would otherwise put the
    // lists of all words with it together before it hands out the first product.
    this.addSql(
      "create virtual table `product_search` using fts5(words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii', prefix = '1 2 3 4 5 6 7 8 9')",
    );
    // Much at once is written in fewer, larger pieces.
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

  /** The searched column held the text in lower case, and becomes its words. */
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
