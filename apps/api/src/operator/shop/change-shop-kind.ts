import type { ShopKind } from "@yumroad/contract";
import { reopenStore } from "../../catalog/products/unpublish-products.ts";
import { DISOWNED_PASSWORD_HASH } from "../../identity/account/disown-account.ts";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import { type Context, inTransaction } from "../../platform/http/context.ts";
import { KEEPERS_PASSWORD_HASH } from "../../sales/sales/keep-store-with-orders.ts";
import { lockShopKind, storeShopKind } from "../../shop/shop-kind.ts";

export type ChangeShopKindOutcome = { kind: "changed" | "unchanged" } | { kind: "others_have_stores"; count: number };

interface KindWanted {
  kind: ShopKind;
  /** Who changes it; null: the command line. */
  operatorId: string | null;
}

/**
 * Decides who may sell. Only operators can, if nobody else has a store: a store whose owner may not touch it any more
 * would go on selling. A store that is opened at the same time counts, or is not opened.
 */
export async function changeShopKind(
  ctx: Pick<Context, "em" | "log">,
  { kind, operatorId }: KindWanted,
): Promise<ChangeShopKindOutcome> {
  const outcome = await inTransaction(ctx, ({ em }) => saveShopKind(em, kind));
  if (outcome.kind === "changed")
    ctx.log.info({ event: "shop_kind_changed", operatorId, kind }, "the kind of the shop was changed");
  return outcome;
}

async function saveShopKind(em: EntityManager, kind: ShopKind): Promise<ChangeShopKindOutcome> {
  if ((await lockShopKind(em)) === kind) return { kind: "unchanged" };
  const count = kind === "my_store" ? await countStoresOfOthers(em) : 0;
  if (count > 0) return { kind: "others_have_stores", count };
  await storeShopKind(em, kind);
  if (kind === "marketplace") await reopenStoresOfOthers(em);
  return { kind: "changed" };
}

/** Opens the stores of former operators again, who could not sell until now. */
async function reopenStoresOfOthers(em: EntityManager): Promise<void> {
  const owners = await readRows<{ id: string }>(
    em,
    `select u.id as "id" from stores s join users u on u.id = s.owner_id
     where s.closed_at is not null and u.disabled_at is null and u.deletion_at is null and u.password_hash not in (?, ?)`,
    [DISOWNED_PASSWORD_HASH, KEEPERS_PASSWORD_HASH],
  );
  for (const { id } of owners) await reopenStore(em, id);
}

/** What keeps a shop from being one in which only operators sell. */
export function describeStoresOfOthers(count: number): string {
  return count === 1
    ? "1 store belongs to somebody who does not operate this shop"
    : `${count} stores belong to people who do not operate this shop`;
}

/** Counts the stores of those who are no operators. One that is kept for its orders alone is nobody's. */
async function countStoresOfOthers(em: EntityManager): Promise<number> {
  const [row] = await readRows<{ count: number | string }>(
    em,
    `select count(*) as "count" from stores s join users u on u.id = s.owner_id
     where u.operator_since is null and u.password_hash <> ?`,
    [KEEPERS_PASSWORD_HASH],
  );
  return Number(row?.count);
}
