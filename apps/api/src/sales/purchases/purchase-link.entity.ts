import { defineEntity, p } from "@mikro-orm/core";

/** A request for a link to the purchases of an email, and the link once it is mailed. */
export const PurchaseLinkEntity = defineEntity({
  name: "PurchaseLink",
  tableName: "purchase_links",
  properties: {
    /** UUID version 7. */
    id: p.string().length(36).primary(),
    email: p.string().length(254),
    emailKey: p.string().length(254),
    /** Null until the link is mailed. */
    keyHash: p.string().length(43).nullable().unique(),
    createdAt: p.datetime().index(),
    sentAt: p.datetime().nullable(),
    usedAt: p.datetime().nullable(),
  },
});
