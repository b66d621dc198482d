import * as z from "zod/mini";

// `jitless`: without it, zod tries `new Function`, which the content security policy reports on every page.
// `en`: English messages for checks that define no message of their own.
z.config({ ...z.locales.en(), jitless: true });

export * from "./account.ts";
export * from "./activity.ts";
export * from "./auth.ts";
export * from "./code.ts";
export * from "./contents.ts";
export * from "./email.ts";
export * from "./endpoint.ts";
export * from "./endpoints.ts";
export * from "./faults.ts";
export * from "./health.ts";
export * from "./mail.ts";
export * from "./mail-queue.ts";
export * from "./markdown-bounds.ts";
export * from "./money.ts";
export * from "./openapi.ts";
export * from "./operator.ts";
export * from "./operator-payments.ts";
export * from "./orders.ts";
export * from "./outside-address.ts";
export * from "./paging.ts";
export * from "./passkeys.ts";
export * from "./password.ts";
export * from "./payments.ts";
export * from "./pricing.ts";
export * from "./privacy.ts";
export * from "./problems.ts";
export * from "./products.ts";
export * from "./purchases.ts";
export * from "./safe-next.ts";
export * from "./sales.ts";
export * from "./sales-summary.ts";
export * from "./sessions.ts";
export * from "./shop.ts";
export * from "./shop-kind.ts";
export * from "./shop-settings.ts";
export * from "./store-ref.ts";
export * from "./stores.ts";
export * from "./take-down.ts";
export * from "./text.ts";
export * from "./timestamp.ts";
export * from "./tokens.ts";
export * from "./two-factor.ts";
export * from "./user.ts";
