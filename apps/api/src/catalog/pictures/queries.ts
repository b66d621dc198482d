import type { Picture, PictureState, ShownPicture } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { pictureUrl } from "../products/picture-url.ts";

interface PictureRow {
  id: string;
  name: string;
  state: PictureState;
  alt: string | null;
}

const OF_PRODUCT = `select p.id as "id", f.name as "name", p.state as "state", p.alt as "alt"
  from pictures p join files f on f.id = p.file_id where p.product_id = ? order by p.position, p.id`;

/** The pictures of a product, the cover first. */
export async function picturesOf(em: EntityManager, productId: string): Promise<Picture[]> {
  return (await readRows<PictureRow>(em, OF_PRODUCT, [productId])).map(presentPicture);
}

/** The same outside of a unit of work. */
export async function listPictures(database: Database, productId: string): Promise<Picture[]> {
  return (await database.read<PictureRow>(OF_PRODUCT, [productId])).map(presentPicture);
}

function presentPicture({ id, name, state, alt }: PictureRow): Picture {
  return { id, name, state, alt, url: state === "ready" ? pictureUrl(id) : null };
}

/** The pictures that visitors see. */
export async function listShownPictures(database: Database, productId: string): Promise<ShownPicture[]> {
  type Row = { id: string; alt: string | null; width: number; height: number };
  const sql = `select id as "id", alt as "alt", width as "width", height as "height" from pictures
    where product_id = ? and state = 'ready' order by position, id`;
  const rows = await database.read<Row>(sql, [productId]);
  return rows.map(({ id, alt, width, height }) => ({ url: pictureUrl(id), width, height, alt: alt ?? "" }));
}

/**
 * Notes a product's cover in the product, so that lists need not look for it: its first picture that is ready. Call this
 * after each change of its pictures, in the same transaction.
 */
export async function noteCover(em: EntityManager, productId: string): Promise<void> {
  await em.execute(
    `update products set cover_id = (
       select p.id from pictures p where p.product_id = products.id and p.state = 'ready' order by p.position, p.id limit 1)
     where id = ?`,
    [productId],
  );
}
