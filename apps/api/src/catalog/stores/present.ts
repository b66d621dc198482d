import type { OwnStore } from "@yumroad/contract";
import type { FormerHandle, OwnStoreInFull } from "./queries.ts";

export function presentOwnStore({ id: _, ...store }: OwnStoreInFull, former: FormerHandle[]): OwnStore {
  return { ...store, formerHandles: former.map(({ handle }) => handle) };
}
