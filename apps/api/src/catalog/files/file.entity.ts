import { defineEntity, p } from "@mikro-orm/core";
import type { FileState } from "@yumroad/contract";
import { StoreEntity } from "../stores/store.entity.ts";

/** A file of a store. Its bytes are in the file storage under the same id, and never change. */
export const FileEntity = defineEntity({
  name: "File",
  tableName: "files",
  indexes: [{ properties: ["state"] }],
  properties: {
    /** UUID version 7: that of the upload which brought it. */
    id: p.string().length(36).primary(),
    store: () => p.manyToOne(StoreEntity).deleteRule("cascade").index(),
    /** As cleaned by `cleanFileName`. */
    name: p.string().length(200),
    /** In bytes. */
    size: p.bigint("number"),
    /** In hexadecimal digits; null until the file is checked. */
    sha256: p.string().length(64).nullable(),
    /** As a ZIP archive has it; null until the file is checked. */
    crc32: p.bigint("number").nullable(),
    /** The media type that `detectType` finds in the first bytes; null: it finds none. */
    mediaType: p.string().length(120).nullable(),
    state: p.string().length(10).$type<FileState>(),
    createdAt: p.datetime(),
    checkedAt: p.datetime().nullable(),
  },
});
