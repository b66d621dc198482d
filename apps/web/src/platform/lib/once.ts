/** Something that is made when it is first needed and lives as long as the app, so that its code can be loaded late. */
export interface Once<T> {
  get(make: () => T): T;
}

export function createOnce<T>(): Once<T> {
  let made: { it: T } | null = null;
  return {
    get(make) {
      made ??= { it: make() };
      return made.it;
    },
  };
}
