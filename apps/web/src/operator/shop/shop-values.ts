import { FOOTER_LINKS_MAX, type ShopChange, ShopSettings } from "@yumroad/contract";
import { check } from "../../platform/ui/check.ts";
import type { Checked } from "../../platform/ui/use-form.ts";

type TextName = "name" | "tagline" | "senderName" | "legalName" | "legalAddress" | "contactEmail";
type LinkName = `linkLabel${number}` | `linkHref${number}`;

/** The settings as a form holds them: each footer link is two fields, and one without text is left out. */
export type ShopValues = Record<TextName | LinkName, string> & { showsPoweredBy: boolean };

const PLACES = Array.from({ length: FOOTER_LINKS_MAX }, (_, index) => index);

export function valuesOf({ footerLinks, ...settings }: ShopSettings): ShopValues {
  const links = PLACES.flatMap((place) => [
    [`linkLabel${place}`, footerLinks[place]?.label ?? ""],
    [`linkHref${place}`, footerLinks[place]?.href ?? ""],
  ]);
  return { ...settings, ...Object.fromEntries(links) };
}

/** The places of the links that have text. */
export function placesOf(values: ShopValues): number[] {
  return PLACES.filter((place) => `${values[`linkLabel${place}`]}${values[`linkHref${place}`]}`.trim() !== "");
}

/** The values without one link; those below move up. */
export function withoutLink(values: ShopValues, removed: number): ShopValues {
  const links = PLACES.filter((place) => place >= removed).flatMap((place) => [
    [`linkLabel${place}`, values[`linkLabel${place + 1}`] ?? ""],
    [`linkHref${place}`, values[`linkHref${place + 1}`] ?? ""],
  ]);
  return { ...values, ...Object.fromEntries(links) };
}

/** Checks the values by the contract; problems of a link are at its two fields. */
export function checkShop(values: ShopValues): Checked<ShopSettings> {
  const places = placesOf(values);
  const { name, tagline, senderName, legalName, legalAddress, contactEmail, showsPoweredBy } = values;
  const footerLinks = places.map((place) => ({
    label: values[`linkLabel${place}`],
    href: values[`linkHref${place}`],
  }));
  const texts = { name, tagline, senderName, legalName, legalAddress, contactEmail };
  const checked = check(ShopSettings, { ...texts, showsPoweredBy, footerLinks });
  if (checked.ok) return checked;
  const issues = checked.issues.map(({ path, message }) => {
    const [setting, index, part] = path;
    if (setting !== "footerLinks" || typeof index !== "number") return { path, message };
    return { path: [`${part === "label" ? "linkLabel" : "linkHref"}${places[index]}`], message };
  });
  return { ok: false, issues };
}

/** The settings that differ. */
export function changeOf(from: ShopSettings, to: ShopSettings): ShopChange {
  const names = Object.keys(to) as (keyof ShopSettings)[];
  const changed = names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]));
  return Object.fromEntries(changed.map((name) => [name, to[name]]));
}
