import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";

it("R114: keys of the payment provider are cut out of every line, wherever they stand", () => {
  let lines = "";
  const logger = createLogger("info", { write: (line) => (lines += line) });
  for (const secret of ["sk_live_51Abc", "rk_test_9_x", "whsec_a1B2"]) {
    logger.error({ error: `Invalid API Key provided: ${secret}`, key: secret }, `with ${secret}`);
    expect(lines).not.toContain(secret);
  }
  expect(lines).toContain("Invalid API Key provided: [secret]");
});
