import { PAGE_SIZE } from "@yumroad/contract";
import type { PageWanted } from "./paging.ts";

/** The rows of all pages. The next page is read only after the caller has consumed the previous one. */
export async function* readInPages<Row extends { id: string }>(
  read: (page: PageWanted) => Promise<Row[]>,
): AsyncGenerator<Row> {
  const limit = PAGE_SIZE.max;
  for (let afterId: string | null = null; ; ) {
    const rows: Row[] = await read({ afterId, limit });
    yield* rows;
    if (rows.length < limit) return;
    afterId = rows.at(-1)?.id ?? null;
  }
}
