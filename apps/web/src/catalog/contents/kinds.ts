import type { Content } from "@yumroad/contract";

/** The kinds that are written in a form. Files are uploaded. */
export type WrittenKind = Exclude<Content["kind"], "file">;
