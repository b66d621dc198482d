import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { keptSecret } from "./kept-secret.ts";

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, "session-secret.txt");
});
afterEach(() => {
  vi.restoreAllMocks();
  folder.remove();
});

// The folder is checked earlier; these cases cover files created after that check.
describe("R8: a secret that is kept", () => {
  it("R8: is not read through a link, which changes and makes nothing", () => {
    const target = join(folder.path, "elsewhere.txt");
    symlinkSync(target, file);
    expect(() => keptSecret(file)).toThrow(expect.objectContaining({ code: "ELOOP" }));
    expect(existsSync(target)).toBe(false);
    writeFileSync(target, "a text that everybody can read and knows");
    chmodSync(target, 0o644);
    expect(() => keptSecret(file)).toThrow(expect.objectContaining({ code: "ELOOP" }));
    expect(statSync(target).mode & 0o777).toBe(0o644);
  });

  it("R8: is not another user's, whose file stays as it is", () => {
    const secret = keptSecret(file);
    chmodSync(file, 0o644);
    vi.spyOn(process, "getuid").mockReturnValue((process.getuid?.() ?? 0) + 1);
    expect(() => keptSecret(file)).toThrow("another user's");
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readFileSync(file, "utf8").trim()).toBe(secret);
  });

  it("R8: is a file and nothing else", () => {
    mkdirSync(file);
    expect(() => keptSecret(file)).toThrow("not a file");
  });
});
