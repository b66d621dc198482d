import type { Content } from "@yumroad/contract";

export type Kind = Content["kind"];
