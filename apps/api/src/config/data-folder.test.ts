import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
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

/** An existing folder with a file in it. */
function makeFolder(mode: number, file?: string): void {
  mkdirSync(folder);
  if (file !== undefined) writeFileSync(join(folder, file), "");
  if (file !== undefined) chmodSync(join(folder, file), 0o644);
  chmodSync(folder, mode);
}

const modeOf = (path: string) => statSync(path).mode & 0o777;
const asSomebodyElse = () => vi.spyOn(process, "getuid").mockReturnValue((process.getuid?.() ?? 0) + 1);
const refusal = (words: string) =>
  expect.stringMatching(new RegExp(`^DATA_DIR \\(.*/data\\) is open to other users, ${words}.*"chmod 700" on it`));

describe("the folder of our data", () => {
  it("is made for its owner alone", () => {
    expect(prepareDataFolder(join(folder, "inside"))).toEqual([]);
    expect(modeOf(join(folder, "inside"))).toBe(0o700);
  });

  it.each([0o755, 0o750, 0o711, 0o777, 0o1777])("is closed when it is empty, whatever it was: %o", (mode) => {
    makeFolder(mode);
    expect(prepareDataFolder(folder)).toEqual([]);
    expect(modeOf(folder)).toBe(0o700);
  });

  it.each([
    ...["yumroad.db", "yumroad.db-wal", "yumroad.db-shm", "yumroad.db-journal", "migrate.lock.db"],
    ...["session-secret.txt", "session-secret.txt.0123456789ab", "password-pepper.txt"],
  ])("is closed when it holds %s, which is closed as well; other files are left alone", (file) => {
    makeFolder(0o755, file);
    writeFileSync(join(folder, "backup.sh"), "", { mode: 0o755 });
    const before = modeOf(join(folder, "backup.sh"));
    expect(prepareDataFolder(folder)).toEqual([]);
    expect([modeOf(folder), modeOf(join(folder, file))]).toEqual([0o700, 0o600]);
    expect(modeOf(join(folder, "backup.sh"))).toBe(before);
  });

  it.each([0o755, 0o750, 0o701])(
    "is refused, and not changed, when it is open and holds what is not ours: %o",
    (mode) => {
      makeFolder(mode, "letter.txt");
      expect(prepareDataFolder(folder)).toEqual([refusal("and holds other things: run ")]);
      expect([modeOf(folder), modeOf(join(folder, "letter.txt"))]).toEqual([mode, 0o644]);
    },
  );

  it.each(["yumroad.database-notes.md", "yumroad.db.old", "my-yumroad.db", "session-secret.txt.orig"])(
    "is not ours for a file whose name only begins or ends like one of ours: %s",
    (file) => {
      makeFolder(0o755, file);
      expect(prepareDataFolder(folder)).toEqual([refusal("and holds other things: run ")]);
      expect([modeOf(folder), modeOf(join(folder, file))]).toEqual([0o755, 0o644]);
    },
  );

  it.each([0o777, 0o1777, 0o775, 0o757, 0o720])(
    "is refused, and not changed, when others may have put there what looks like ours: %o",
    (mode) => {
      makeFolder(mode, "yumroad.db");
      expect(prepareDataFolder(folder)).toEqual([
        refusal("who may have put there what is in it: name a new folder; or"),
      ]);
      expect([modeOf(folder), modeOf(join(folder, "yumroad.db"))]).toEqual([mode & 0o777, 0o644]);
    },
  );

  it.each([undefined, "yumroad.db"])("is refused when it is open and somebody else's, with %s in it", (file) => {
    makeFolder(0o755, file);
    const userId = asSomebodyElse().getMockImplementation()?.();
    expect(prepareDataFolder(folder)).toEqual([refusal(`and not this user's: run "chown ${userId}" and `)]);
    expect(modeOf(folder)).toBe(0o755);
  });

  describe.each([0o700, 0o755])("with something of ours that is not a plain file of this user's: %o", (mode) => {
    it.each([
      ["yumroad.db", "a link"],
      ["yumroad.db-wal", "a link"],
      ["session-secret.txt", "a link"],
      ["password-pepper.txt", "a link that leads nowhere"],
      ["session-secret.txt", "a folder"],
    ])("is refused, and nothing is changed: %s is %s", (name, kind) => {
      makeFolder(mode, "migrate.lock.db");
      const target = join(place.path, "elsewhere.txt");
      if (kind === "a link") writeFileSync(target, "");
      if (kind === "a link") chmodSync(target, 0o644);
      if (kind === "a folder") mkdirSync(join(folder, name));
      else symlinkSync(target, join(folder, name));
      expect(prepareDataFolder(folder)).toEqual([
        expect.stringMatching(
          new RegExp(`^DATA_DIR has .*/data/${name}, which is a link or no file: put a plain file`),
        ),
      ]);
      expect(modeOf(folder)).toBe(mode);
      if (kind === "a link") expect(modeOf(target)).toBe(0o644);
      expect(existsSync(target)).toBe(kind === "a link");
    });
  });

  it.each(["yumroad.db", "session-secret.txt"])(
    "is refused when it is closed, and it and its %s are another user's, who it is to be run as",
    (name) => {
      makeFolder(0o700, name);
      asSomebodyElse();
      const words = `^DATA_DIR has .*/data/${name}, which is another user's, as the folder is: run this as that user`;
      expect(prepareDataFolder(folder)).toEqual([expect.stringMatching(new RegExp(words))]);
      expect(modeOf(join(folder, name))).toBe(0o644);
    },
  );

  // Only root can change the owner of a file.
  it.runIf(process.getuid?.() === 0)("is refused when it is this user's, and a file in it is another's", () => {
    for (const mode of [0o700, 0o755]) {
      makeFolder(mode, "yumroad.db");
      chownSync(join(folder, "yumroad.db"), 1000, 1000);
      const words =
        /^DATA_DIR has .*\/data\/yumroad.db, which is another user's: .* "chown 0" on it; if not, move it away/;
      expect(prepareDataFolder(folder)).toEqual([expect.stringMatching(words)]);
      expect([modeOf(folder), modeOf(join(folder, "yumroad.db"))]).toEqual([mode, 0o644]);
      rmSync(folder, { recursive: true });
    }
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
