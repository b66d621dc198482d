import type { Database } from "../../platform/db/database.ts";
import { readInPages } from "../../platform/http/read-in-pages.ts";
import type { DiscountRow } from "./discount.entity.ts";
import { offOf } from "./present.ts";
import { listDiscounts } from "./queries.ts";

/** Discount codes of a user's store for the data export, the newest first. Holds one page at a time. */
export async function* exportDiscounts(database: Database, ownerId: string): AsyncGenerator<object> {
  const rows = readInPages<DiscountRow>((page) => listDiscounts(database.fork(), { ownerId, page }));
  for await (const {
    code,
    kind,
    value,
    currency,
    startsAt,
    endsAt,
    maxUses,
    perBuyer,
    uses,
    endedAt,
    createdAt,
  } of rows)
    yield {
      ...{ code, off: offOf({ kind, value, currency }) },
      startsAt: startsAt?.toISOString() ?? null,
      endsAt: endsAt?.toISOString() ?? null,
      ...{ maxUses: maxUses ?? null, perBuyer: perBuyer ?? null, uses },
      endedAt: endedAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    };
}
