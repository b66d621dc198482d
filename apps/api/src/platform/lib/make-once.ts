interface Cache<Key, Value> {
  get(key: Key): Value | undefined;
  set(key: Key, value: Value): unknown;
  delete(key: Key): unknown;
}

/** Makes a value at the first request for it, and shares it. A failure is not kept: the next request tries again. */
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
