import type { Content, ContentTitle, FileState } from "@yumroad/contract";
import type { Database, EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { endingOf } from "../files/clean-file-name.ts";

/** A seller sees the newest version of a file, a buyer the newest version that is ready. */
export type Reader = "seller" | "buyer";

interface ContentRow {
  id: string;
  kind: Content["kind"];
  title: string;
  body: string;
  fileName: string | null;
  /** A text on Postgres, as it is a `bigint`. */
  size: number | string | null;
  sha256: string | null;
  version: number | null;
  state: FileState | null;
  fileAddedAt: Date | null;
}

const NEWEST = "select max(w.version) from content_versions w where w.content_id = c.id";
/** The version of a content `c` that buyers download. */
export const NEWEST_READY = `select max(w.version) from content_versions w join files g on g.id = w.file_id
  where w.content_id = c.id and g.state = 'ready'`;
/** The version that a reader sees. Before one is ready, buyers see that there will be one. */
const VERSION_FOR: Record<Reader, string> = {
  seller: `(${NEWEST})`,
  buyer: `coalesce((${NEWEST_READY}), (${NEWEST}))`,
};

const ofProduct = (reader: Reader) => `select c.id as "id", c.kind as "kind", c.title as "title", c.body as "body",
    f.name as "fileName", f.size as "size", f.sha256 as "sha256", v.version as "version", f.state as "state",
    v.created_at as "fileAddedAt"
  from contents c
    left join content_versions v on v.content_id = c.id and v.version = ${VERSION_FOR[reader]}
    left join files f on f.id = v.file_id
  where c.product_id = ? order by c.position, c.id`;

/** The contents of a product, in the order in which buyers see them. */
export async function contentsOf(em: EntityManager, productId: string, reader: Reader): Promise<Content[]> {
  return (await readRows<ContentRow>(em, ofProduct(reader), [productId])).map(presentContent);
}

/** The same as a seller sees it, outside of a unit of work. */
export async function listContents(database: Database, productId: string): Promise<Content[]> {
  return (await database.read<ContentRow>(ofProduct("seller"), [productId])).map(presentContent);
}

function presentContent({ id, kind, title, body, ...of }: ContentRow): Content {
  const { fileName, version, state, fileAddedAt } = of;
  if (fileName === null || version === null || state === null || fileAddedAt === null)
    return { id, kind, title, body, file: null };
  const addedAt = fileAddedAt.toISOString();
  const file = { name: fileName, size: Number(of.size), sha256: of.sha256, version, state, addedAt };
  return { id, kind, title, body, file };
}

/** The public part of the contents of a product, in the same order. */
export async function listContentTitles(database: Database, productId: string): Promise<ContentTitle[]> {
  type TitleRow = Pick<ContentRow, "kind" | "title" | "fileName" | "size">;
  const sql = `select c.kind as "kind", c.title as "title", f.name as "fileName", f.size as "size" from contents c
      left join content_versions v on v.content_id = c.id and v.version = (${NEWEST_READY})
      left join files f on f.id = v.file_id
    where c.product_id = ? order by c.position, c.id`;
  const rows = await database.read<TitleRow>(sql, [productId]);
  return rows.map(({ kind, title, fileName, size }) => ({
    kind,
    title,
    file: fileName === null ? null : { format: endingOf(fileName).toUpperCase(), size: Number(size) },
  }));
}
