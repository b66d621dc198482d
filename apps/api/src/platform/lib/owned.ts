declare const isOwned: unique symbol;

/**
 * Something of which it is known that it belongs to who asks. A write of somebody's thing accepts nothing else, so that
 * a check that was forgotten does not compile.
 */
export type Owned<T> = T & { readonly [isOwned]: true };

/** Marks a thing as theirs. For `policy.ts` alone, which has just looked whose it is. */
export function asOwned<T>(thing: T): Owned<T> {
  return thing as Owned<T>;
}
