import type { Plugin } from "vite";

const SUMMARY = /\bsummary:\s*"(?:[^"\\]|\\.)*"/g;

/**
 * Leaves the summaries of the contract's endpoints out of the build: only the API's description shows them, which the
 * server writes, and every visitor would load them.
 */
export function withoutSummaries(): Plugin {
  return {
    name: "without-summaries",
    apply: "build",
    enforce: "pre",
    transform: {
      filter: { id: /\/packages\/contract\/src\/[\w-]+\.ts$/ },
      handler: (code) => ({ code: code.replace(SUMMARY, 'summary: ""'), map: null }),
    },
  };
}
