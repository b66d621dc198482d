interface Cache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
  delete(key: Key): unknown;
}

/**
 * Returns the cached value of `key`, or makes it and caches it for later calls. If making it fails, the cache entry is
 * removed, so that the next call tries again.
 */
export function makeOnce<Key, Value>(
  cache: Cache<Key, Promise<Value>>,
  key: Key,
  make: () => Promise<Value>,
): Promise<Value> {
  const known = cache.get(key);
  if (known) return known;
  const making = make();
  cache.set(key, making);
  making.catch(() => cache.delete(key));
  return making;
}
