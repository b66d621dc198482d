import type { Rolldown } from "vite";

/**
 * Which modules share a file. Without groups, every module that some pages share becomes one: a public page would ask for
 * thirty, of a few hundred bytes. A module goes into the first group that takes it, with all that it imports.
 */
export const chunkGroups: Rolldown.CodeSplittingGroup[] = [
  // Not those of the page about the API, which is another document.
  { name: "app", tags: ["$initial"], test: /^(?!.*\/api-docs[./])/, priority: 5 },
  // Modules that pages with forms and pages of the shop share. Without this group, one kind loads the modules of the other.
  {
    name: "common",
    test: /@tanstack|\/src\/platform\/ui\/(?:message|action-problem|drawings)\.|\/src\/app\/routes\/(?:not-found|loaded-page)\./,
    minShareCount: 2,
    priority: 4,
  },
  {
    name: "forms",
    test: /\/src\/platform\/ui\/(?:(?:(?:text|password|checkbox)-field|form-summary|use-form|check)\.tsx?|form\.module\.css)$/,
    minShareCount: 2,
    priority: 3,
  },
  // The public pages, in one file: from one of them to the next nothing is loaded.
  { name: "shop", test: /\/src\/app\/routes\/(?:home|browse|product|store)\.tsx$/, priority: 2 },
  // The rest by the pages that share it; groups of up to 4 KB join their neighbours.
  { name: "shared", minShareCount: 3, entriesAware: true, entriesAwareMergeThreshold: 4000, priority: 1 },
];

/** True for the entry of the app. The page about the API has one as well, of styles alone. */
export function isApp({ isEntry, facadeModuleId }: Rolldown.OutputChunk): boolean {
  return isEntry && facadeModuleId?.endsWith("/index.html") === true;
}

/** Names a file after its group, or else after what is in it: rolldown would list all pages that share it. */
export function nameOfFile(name = "", ending = "[ext]"): string {
  return `assets/${name.startsWith("shared~") ? "shared" : "[name]"}-[hash].${ending}`;
}
