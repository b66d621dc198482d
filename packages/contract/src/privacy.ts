import * as z from "zod/mini";
import { Account } from "./account.ts";
import { endpoint } from "./endpoint.ts";

export const privacyEndpoints = {
  export: endpoint({
    method: "POST",
    path: "/api/account/export",
    access: "user",
    fresh: true,
    summary: "All of one's own data: a ZIP of JSON files",
    success: { status: 200, body: null, media: "application/zip" },
    problems: ["rate_limited"],
  }),

  requestDeletion: endpoint({
    method: "POST",
    path: "/api/account/deletion",
    access: "user",
    fresh: true,
    summary: "Have one's account deleted in seven days: ends all sessions at once, this one included",
    success: { status: 200, body: z.strictObject({ deletionAt: z.iso.datetime() }) },
    limits: ["deletionsAsked"],
    problems: ["rate_limited", "last_operator"],
  }),

  undoDeletion: endpoint({
    method: "DELETE",
    path: "/api/account/deletion",
    access: "user",
    summary: "Keep one's account after all",
    success: { status: 200, body: Account },
    problems: [],
  }),
};
