/** The name of a country (ISO 3166) in the reader's language. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(undefined, { type: "region" }).of(code) ?? code;
}
