import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { dropServerParts } from "./scripts/drop-server-parts.ts";
import { firstLoad } from "./scripts/first-load.ts";

const api = process.env.API_URL ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react(), dropServerParts(), firstLoad()],
  // The server puts a fresh nonce in place of this text on every answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2022",
    // A data: address would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // In one chunk it compresses better than in the three that the entry and the pages would share.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "query", test: "@tanstack" }] } } },
  },
  server: {
    port: 5173,
    // The browser sees one origin, as in production: cookies and the cross-site defence work as they will there.
    proxy: { "/api": api, "/healthz": api, "/readyz": api },
  },
});
