import * as z from "zod/mini";

// Without this, zod tries out `new Function`, which the content security policy reports on every page.
// The English texts are those of the checks that have no message of their own.
z.config({ ...z.locales.en(), jitless: true });

export * from "./accounts.ts";
export * from "./activity.ts";
export * from "./code.ts";
export * from "./endpoint.ts";
export * from "./endpoints.ts";
export * from "./factors.ts";
export * from "./money.ts";
export * from "./outbox.ts";
export * from "./own-data.ts";
export * from "./paging.ts";
export * from "./passkeys.ts";
export * from "./problems.ts";
export * from "./products.ts";
export * from "./recovery.ts";
export * from "./safe-next.ts";
export * from "./service.ts";
export * from "./sessions.ts";
export * from "./site.ts";
export * from "./stores.ts";
export * from "./text.ts";
