/** Values that nothing in a shop has, each in the form of its path parameter. */
const NOTHINGS = {
  slug: "no-such-product",
  handle: "a".repeat(22),
  id: "00000000-0000-4000-8000-000000000000",
  ref: "0000000000",
  session: "A".repeat(43),
  withdrawal: "0000000000",
  provider: "nobody",
};

/**
 * Fills the parameters of an endpoint's path in with values of the right form that nothing has.
 *
 * @example
 * pathToNothing("/api/products/:slug"); // "/api/products/no-such-product"
 */
export function pathToNothing(path: string): string {
  return path.replace(/:(\w+)/g, (_, name: keyof typeof NOTHINGS) => NOTHINGS[name]);
}
