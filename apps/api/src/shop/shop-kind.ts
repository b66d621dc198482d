import type { ShopKind } from "@yumroad/contract";
import type { EntityManager } from "../platform/db/database.ts";
import { lockSetting } from "../platform/db/lock-setting.ts";
import { readRows } from "../platform/db/read-rows.ts";
import { SettingEntity } from "../platform/db/setting.entity.ts";

const SHOP_KIND = "shop_kind";

/** The kind of this shop. A shop without a stored kind is the stricter one, in which only operators sell. */
export async function readShopKind(em: EntityManager): Promise<ShopKind> {
  const [row] = await readRows<{ value: string }>(em, "select value from settings where key = ?", [SHOP_KIND]);
  return row?.value === "marketplace" ? "marketplace" : "my_store";
}

/**
 * Reads the kind of this shop, and keeps it from changing until the transaction of `em` ends. Openings of a store and
 * changes of the kind run one after the other by this.
 */
export async function lockShopKind(em: EntityManager): Promise<ShopKind> {
  await lockSetting(em, SHOP_KIND);
  return readShopKind(em);
}

/** Stores another kind. The caller has locked the kind by `lockShopKind`. */
export async function storeShopKind(em: EntityManager, kind: ShopKind): Promise<void> {
  await em.nativeUpdate(SettingEntity, { key: SHOP_KIND }, { value: kind });
}

/** Stores the kind at the first start. Does nothing if the shop has one: later starts do not change it. */
export async function initializeShopKind(em: EntityManager, kind: ShopKind): Promise<void> {
  await em.execute("insert into settings (key, value) values (?, ?) on conflict (key) do nothing", [SHOP_KIND, kind]);
}
