import { expect, it } from "vitest";
import { cleanFileName, endingOf } from "./clean-file-name.ts";

it.each([
  ["field notes.pdf", "field notes.pdf"],
  ["../../etc/passwd", "passwd"],
  [String.raw`C:\Books\field notes.pdf`, "field notes.pdf"],
  ["a\u0000b\r\nc.pdf", "abc.pdf"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["in\u200bvisible.pdf", "invisible.pdf"],
  ["  two   spaces .pdf ", "two spaces .pdf"],
  ["..", "file"],
  [".htaccess", "htaccess"],
  ["", "file"],
  ["é.pdf".normalize("NFD"), "é.pdf".normalize("NFC")],
  ['quo"te;.pdf', 'quo"te;.pdf'],
  ["本.epub", "本.epub"],
])("the name %j becomes %j", (name, clean) => {
  expect(cleanFileName(name)).toBe(clean);
});

it("a long name is cut to 180 bytes before its ending, between characters", () => {
  const cut = cleanFileName(`${"本".repeat(300)}.tar.gz`);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(180);
  expect(cut).toMatch(/^本{50,}.*\.gz$/u);
});

it.each([
  ["a.PDF", "pdf"],
  ["a.tar.gz", "gz"],
  ["README", ""],
  ["a. b", ""],
])("the ending of %j is %j", (name, ending) => {
  expect(endingOf(name)).toBe(ending);
});
