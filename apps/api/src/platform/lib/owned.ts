declare const isOwned: unique symbol;

/**
 * A value that is known to belong to the current user. Writes accept nothing else, so that a forgotten check does not
 * compile.
 */
export type Owned<T> = T & { readonly [isOwned]: true };

/** Marks a value as owned. For `policy.ts` alone, right after its check. */
export function asOwned<T>(thing: T): Owned<T> {
  return thing as Owned<T>;
}
