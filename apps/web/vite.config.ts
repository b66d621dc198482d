import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { chunkGroups, nameOfFile } from "./scripts/chunk-groups.ts";
import { commonWords } from "./scripts/common-words.ts";
import { compressFiles } from "./scripts/compress-files.ts";
import { dropServerParts } from "./scripts/drop-server-parts.ts";
import { firstLoad } from "./scripts/first-load.ts";
import { splitContract } from "./scripts/split-contract.ts";
import { writePages } from "./scripts/write-pages.ts";

const api = process.env.API_URL ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react(), commonWords(), splitContract(), dropServerParts(), firstLoad(), writePages(), compressFiles()],
  // The server puts a fresh nonce in place of this text on every answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2022",
    // A data: address would need an exception in the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      // The app, and the head of the page about the API, which the server fills in.
      input: ["index.html", "api-docs.html"],
      output: {
        codeSplitting: { groups: chunkGroups },
        chunkFileNames: ({ name }) => nameOfFile(name, "js"),
        assetFileNames: ({ names: [name] }) => nameOfFile(name),
      },
    },
  },
  server: {
    port: 5173,
    // The browser sees one origin, as in production: cookies and the cross-site defence work as they will there.
    proxy: { "/api": api, "/healthz": api, "/readyz": api },
  },
});
