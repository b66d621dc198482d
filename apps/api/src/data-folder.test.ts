import { chmodSync, existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { prepareDataFolder } from "./data-folder.ts";

let place: ReturnType<typeof temporaryFolder>;
let folder: string;
beforeEach(() => {
  place = temporaryFolder();
  folder = join(place.path, "data");
});
afterEach(() => {
  vi.restoreAllMocks();
  place.remove();
});

/** A folder that is there already, with a file in it. */
function makeFolder(mode: number, file?: string): void {
  mkdirSync(folder);
  if (file !== undefined) writeFileSync(join(folder, file), "");
  if (file !== undefined) chmodSync(join(folder, file), 0o644);
  chmodSync(folder, mode);
}

const modeOf = (path: string) => statSync(path).mode & 0o777;
const asSomebodyElse = () => vi.spyOn(process, "getuid").mockReturnValue((process.getuid?.() ?? 0) + 1);
const refusal = expect.stringMatching(/^DATA_DIR \(.*\/data\) is open to other users: run "chmod 700" on it .{10,}/);

describe("the folder of our data", () => {
  it("is made for its owner alone", () => {
    expect(prepareDataFolder(join(folder, "inside"))).toEqual([]);
    expect(modeOf(join(folder, "inside"))).toBe(0o700);
  });

  it.each([0o755, 0o750, 0o711, 0o777])("is closed when it is empty, whatever it was: %o", (mode) => {
    makeFolder(mode);
    expect(prepareDataFolder(folder)).toEqual([]);
    expect(modeOf(folder)).toBe(0o700);
  });

  it.each(["yumroad.db", "yumroad.db-wal", "migrate.lock.db", "session-secret.txt", "password-pepper.txt"])(
    "is closed when it holds %s, which is closed as well; other files are left alone",
    (file) => {
      makeFolder(0o755, file);
      writeFileSync(join(folder, "backup.sh"), "", { mode: 0o755 });
      const before = modeOf(join(folder, "backup.sh"));
      expect(prepareDataFolder(folder)).toEqual([]);
      expect([modeOf(folder), modeOf(join(folder, file))]).toEqual([0o700, 0o600]);
      expect(modeOf(join(folder, "backup.sh"))).toBe(before);
    },
  );

  it.each([0o755, 0o750, 0o701])(
    "is refused, and not changed, when it is open and holds what is not ours: %o",
    (mode) => {
      makeFolder(mode, "letter.txt");
      expect(prepareDataFolder(folder)).toEqual([refusal]);
      expect([modeOf(folder), modeOf(join(folder, "letter.txt"))]).toEqual([mode, 0o644]);
    },
  );

  it.each([undefined, "yumroad.db"])("is refused when it is open and somebody else's, with %s in it", (file) => {
    makeFolder(0o755, file);
    asSomebodyElse();
    expect(prepareDataFolder(folder)).toEqual([refusal]);
    expect(modeOf(folder)).toBe(0o755);
  });

  it("is taken as it is when it is closed, whoever's it is and whatever it holds", () => {
    makeFolder(0o700, "letter.txt");
    expect(prepareDataFolder(folder)).toEqual([]);
    asSomebodyElse();
    expect(prepareDataFolder(folder)).toEqual([]);
  });

  it("is left as it is on Windows, which has no such permissions", () => {
    makeFolder(0o755, "letter.txt");
    vi.spyOn(process, "getuid").mockReturnValue(undefined as never);
    expect(prepareDataFolder(folder)).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });
});
