import type { Party } from "./semaphore.ts";

/**
 * The waiting items of one group, by member. The first member of the map is next in turn, a new member joins at the
 * end, and a member without items is removed.
 */
interface Group<Item> {
  size: number;
  members: Map<string, Item[]>;
}

export interface FairQueue<Item> {
  size(): number;
  has(group: string): boolean;
  add(party: Party, item: Item): void;
  /** Takes the next item of a group for which `mayHave` returns true. Null: there is no such item. */
  takeNext(mayHave: (group: string) => boolean): { group: string; item: Item } | null;
  /**
   * The party whose newest item a full queue drops when `party` adds an item. This is the largest member of the largest
   * group, if that group has more items than the group of `party` would have. Otherwise it is the largest member of the
   * group of `party`, if that member has more items than `party` would have. Null: neither condition is true.
   */
  largerThanWith(party: Party): Party | null;
  takeNewest(party: Party): Item | undefined;
}

/**
 * A queue that takes items from its groups in turn, and within a group from its members in turn. Each member's items
 * are first in, first out. This is round robin as in fair queueing (Nagle, RFC 970), on two levels.
 */
export function createFairQueue<Item>(): FairQueue<Item> {
  const groups = new Map<string, Group<Item>>();
  let sizeOfAll = 0;

  function remove(group: string, member: string, take: (items: Item[]) => Item | undefined): Item | undefined {
    const found = groups.get(group);
    const items = found?.members.get(member);
    const item = items && take(items);
    if (!found || !items || item === undefined) return undefined;
    found.size -= 1;
    sizeOfAll -= 1;
    if (items.length === 0) found.members.delete(member);
    if (found.size === 0) groups.delete(group);
    return item;
  }

  return {
    size: () => sizeOfAll,
    has: (group) => groups.has(group),

    add({ group, member }, item) {
      const found = groups.get(group) ?? { size: 0, members: new Map<string, Item[]>() };
      const items = found.members.get(member) ?? [];
      items.push(item);
      found.members.set(member, items);
      found.size += 1;
      groups.set(group, found);
      sizeOfAll += 1;
    },

    takeNext(mayHave) {
      for (const [group, { members }] of groups) {
        const [member] = mayHave(group) ? members.keys() : [];
        const item = member === undefined ? undefined : remove(group, member, (items) => items.shift());
        if (member === undefined || item === undefined) continue;
        // Moves the group to the end of the groups, and the member to the end of its group.
        const rest = groups.get(group);
        if (rest) {
          moveToEnd(groups, group);
          moveToEnd(rest.members, member);
        }
        return { group, item };
      }
      return null;
    },

    largerThanWith({ group, member }) {
      const own = groups.get(group);
      const other = largest([...groups].map(([name, { size }]) => [name, size]));
      if (other && other.name !== group && other.size > (own?.size ?? 0) + 1) {
        const most = largest(sizesOf(groups.get(other.name)));
        return most && { group: other.name, member: most.name };
      }
      const most = largest(sizesOf(own));
      return most && most.size > (own?.members.get(member)?.length ?? 0) + 1 ? { group, member: most.name } : null;
    },

    takeNewest: ({ group, member }) => remove(group, member, (items) => items.pop()),
  };
}

function sizesOf<Item>(group: Group<Item> | undefined): [string, number][] {
  return [...(group?.members ?? [])].map(([name, items]) => [name, items.length]);
}

function largest(sizes: [string, number][]): { name: string; size: number } | null {
  let most: { name: string; size: number } | null = null;
  for (const [name, size] of sizes) if (most === null || size > most.size) most = { name, size };
  return most;
}

function moveToEnd<Value>(map: Map<string, Value>, key: string): void {
  const value = map.get(key);
  if (value === undefined) return;
  map.delete(key);
  map.set(key, value);
}
