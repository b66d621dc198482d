import { defineEntity, p } from "@mikro-orm/core";
import { FileEntity } from "../files/file.entity.ts";
import { ContentEntity } from "./content.entity.ts";

/** A version of a content that is a file. Buyers get the newest one whose file is ready. */
export const ContentVersionEntity = defineEntity({
  name: "ContentVersion",
  tableName: "content_versions",
  uniques: [{ properties: ["content", "version"] }],
  properties: {
    id: p.string().length(36).primary(),
    content: () => p.manyToOne(ContentEntity).deleteRule("cascade"),
    /** 1 for the first. */
    version: p.integer(),
    file: () => p.manyToOne(FileEntity).deleteRule("cascade").index(),
    createdAt: p.datetime(),
  },
});
