/** Values that nothing in a shop has, each in the form of its path parameter. */
const NOTHINGS = { slug: "no-such-product", handle: "A".repeat(22), id: "00000000-0000-4000-8000-000000000000" };

/**
 * Fills the parameters of an endpoint's path in with values of the right form that nothing has.
 *
 * @example
 * pathToNothing("/api/products/:slug"); // "/api/products/no-such-product"
 */
export function pathToNothing(path: string): string {
  return path.replace(/:(slug|handle|id)\b/g, (_, name: keyof typeof NOTHINGS) => NOTHINGS[name]);
}
