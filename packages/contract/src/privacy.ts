import * as z from "zod/mini";
import { Account } from "./account.ts";
import { endpoint } from "./endpoint.ts";

export const privacyEndpoints = {
  export: endpoint({
    method: "POST",
    path: "/api/account/export",
    access: "user",
    fresh: true,
    summary: "Download your data: a ZIP of JSON files",
    success: { status: 200, body: null, media: "application/zip" },
    problems: ["rate_limited"],
  }),

  requestDeletion: endpoint({
    method: "POST",
    path: "/api/account/deletion",
    access: "user",
    fresh: true,
    summary: "Delete your account in seven days. Logs you out everywhere",
    success: { status: 200, body: z.strictObject({ deletionAt: z.iso.datetime() }) },
    limits: ["deletionsAsked"],
    problems: ["rate_limited", "last_operator"],
  }),

  undoDeletion: endpoint({
    method: "DELETE",
    path: "/api/account/deletion",
    access: "user",
    summary: "Keep your account after all",
    success: { status: 200, body: Account },
    problems: [],
  }),
};
