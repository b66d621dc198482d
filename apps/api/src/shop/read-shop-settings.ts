import { ShopSettings } from "@yumroad/contract";
import type { EntityManager } from "../platform/db/database.ts";
import { readRows } from "../platform/db/read-rows.ts";

/** The key of the settings in the table `settings`. The value is JSON with the settings that were changed. */
export const SHOP_KEY = "shop";

/** The settings of a shop whose operators have changed nothing. */
const DEFAULTS: ShopSettings = {
  name: "Yumroad",
  tagline: "",
  senderName: "",
  legalName: "",
  legalAddress: "",
  contactEmail: "",
  footerLinks: [],
  showsPoweredBy: true,
};

/**
 * Reads the shop's settings, with the default for each that was never changed. Nothing is cached, so that a change
 * counts at once in every process.
 */
export async function readShopSettings(em: EntityManager): Promise<ShopSettings> {
  return settingsIn(await readStored(em));
}

/** The stored settings. They may include some that another version of this program has stored. */
export async function readStored(em: EntityManager): Promise<Record<string, unknown>> {
  const [row] = await readRows<{ value: string }>(em, "select value from settings where key = ?", [SHOP_KEY]);
  return row?.value ? (JSON.parse(row.value) as Record<string, unknown>) : {};
}

/** Fills in the defaults. Stored settings that this version does not know, or does not allow, are left out. */
export function settingsIn(stored: Record<string, unknown>): ShopSettings {
  const known = Object.entries(ShopSettings.shape).flatMap(([name, schema]) => {
    // To let the schema refuse it would make an error, which costs more than reading the row.
    if (stored[name] === undefined) return [];
    const read = schema.safeParse(stored[name]);
    return read.success ? [[name, read.data] as const] : [];
  });
  return { ...DEFAULTS, ...Object.fromEntries(known) };
}

/** The shop's name, and the name that its mails are from. Null: the one in `MAIL_FROM`, as no other was ever chosen. */
export async function readShopNames(em: EntityManager): Promise<{ name: string; senderName: string | null }> {
  const { name, senderName } = await readShopSettings(em);
  return { name, senderName: senderName || (name === DEFAULTS.name ? null : name) };
}
