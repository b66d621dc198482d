declare const isOwned: unique symbol;

/**
 * A value that was checked to belong to the current user. Functions that write accept only this type, so that a
 * forgotten check does not compile.
 */
export type Owned<T> = T & { readonly [isOwned]: true };

/** Marks a value as owned. Only `policy.ts` may call this, right after its check. */
export function asOwned<T>(thing: T): Owned<T> {
  return thing as Owned<T>;
}
