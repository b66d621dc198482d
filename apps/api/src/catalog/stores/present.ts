import type { OwnStore } from "@yumroad/contract";
import { renderMarkdown } from "../../platform/lib/render-markdown.ts";
import type { FormerHandle, OwnStoreInFull } from "./queries.ts";

export function presentOwnStore({ id: _, ...store }: OwnStoreInFull, former: FormerHandle[]): OwnStore {
  return { ...store, bioHtml: renderMarkdown(store.bio, 2), formerHandles: former.map(({ handle }) => handle) };
}
