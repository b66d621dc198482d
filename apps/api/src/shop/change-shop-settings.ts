import type { ShopChange, ShopSettings } from "@yumroad/contract";
import { lockSetting } from "../platform/db/lock-setting.ts";
import { SettingEntity } from "../platform/db/setting.entity.ts";
import { type Context, inTransaction } from "../platform/http/context.ts";
import { readStored, SHOP_KEY, settingsIn } from "./read-shop-settings.ts";

/**
 * Changes the given settings and keeps the others. `check` gets the settings before the change and may throw; no other
 * change happens between it and this one.
 */
export function changeShopSettings(
  ctx: Pick<Context, "em">,
  change: ShopChange,
  check: (before: ShopSettings) => void,
): Promise<ShopSettings> {
  return inTransaction(ctx, async ({ em }) => {
    await lockSetting(em, SHOP_KEY);
    const before = await readStored(em);
    check(settingsIn(before));
    const after = { ...before, ...change };
    await em.nativeUpdate(SettingEntity, { key: SHOP_KEY }, { value: JSON.stringify(after) });
    return settingsIn(after);
  });
}
