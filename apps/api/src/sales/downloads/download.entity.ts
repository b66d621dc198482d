import { defineEntity, p } from "@mikro-orm/core";
import { ContentVersionEntity } from "../../catalog/contents/content-version.entity.ts";
import { EntitlementEntity } from "../orders/entitlement.entity.ts";

/**
 * An address from which one version of a file can be downloaded for one purchase. It is counted once, however many parts
 * the file is fetched in.
 */
export const DownloadEntity = defineEntity({
  name: "Download",
  tableName: "downloads",
  indexes: [{ properties: ["createdAt"] }],
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    /** The token is in the address alone. */
    tokenHash: p.string().length(43).unique(),
    entitlement: () => p.manyToOne(EntitlementEntity).deleteRule("cascade").index(),
    version: () => p.manyToOne(ContentVersionEntity).deleteRule("cascade").index(),
    createdAt: p.datetime(),
    /** Time at which the first byte was asked for; null: it was not. */
    begunAt: p.datetime().nullable(),
    /** Time at which a byte was last sent. */
    usedAt: p.datetime().nullable(),
  },
});
