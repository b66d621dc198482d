import { describe, expect, test } from "vitest";
import {
  COMBINING_MARKS_MAX,
  countCharacters,
  Email,
  fault,
  issueOf,
  line,
  NewProduct,
  PersonName,
  ProductName,
  prose,
  SignupInput,
} from "./index.ts";

const Title = line({ field: "title", min: 4, max: 10 });
const Story = prose({ field: "story", min: 0, max: 20 });

/** The first error of a value; `null` for a valid one. */
function complaint(schema: typeof Title | typeof Email, value: unknown): string | null {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue ? issueOf({ path: [], message: issue.message }).message : null;
}

test("a length is counted as people count, in code points", () => {
  expect(countCharacters("🎉🎉")).toBe(2);
  expect(countCharacters("")).toBe(0);
  expect(complaint(Title, "🎉🎉🎉🎉")).toBeNull();
  expect(complaint(Title, "🎉🎉🎉")).toBe("The title needs at least 4 characters");
  expect(complaint(Title, "🎉".repeat(10))).toBeNull();
  expect(complaint(Title, "🎉".repeat(11))).toBe("The title has more than 10 characters");
});

test("blanks around a text do not count, and are gone afterwards", () => {
  expect(Title.parse("  notes \u00a0")).toBe("notes");
  expect(complaint(Title, "notes\n")).toBe("The title has a control character in it");
  expect(complaint(Title, "  ab  ")).toBe("The title needs at least 4 characters");
});

test.each([
  ["", "The title is missing"],
  ["    ", "The title is missing"],
  ["\u00a0\u3000\u2003\ufeff", "The title is missing"],
  ["\u200b\u200b\u200b\u200b", "The title is missing"],
  ["ab\0cd", "The title has a control character in it"],
  ["ab\ncd", "The title has a control character in it"],
  ["ab\tcd", "The title has a control character in it"],
  ["ab\x7fcd", "The title has a control character in it"],
  ["ab\x85cd", "The title has a control character in it"],
  ["ab\u2028cd", "The title has a control character in it"],
  ["ab\u2029cd", "The title has a control character in it"],
  ["ab\u202acd", "The title has a control character in it"],
  ["ab\u202ecd", "The title has a control character in it"],
  ["\u2066abcd", "The title has a control character in it"],
  ["abcd\u2069", "The title has a control character in it"],
  ["\u3164\u3164\u3164\u3164", "The title is missing"],
  ["\u2800\u2800\u2800\u2800", "The title is missing"],
  ["abcd\u200b", "The title has an invisible character in it"],
  ["ab\u3164cd", "The title has an invisible character in it"],
  ["abcd\u{e0041}", "The title has an invisible character in it"],
  ["abc\ud800", "The title has a broken character in it"],
  ["\udc00abc", "The title has a broken character in it"],
  [["abcd"], "The title is missing"],
  [1234, "The title is missing"],
  [null, "The title is missing"],
  [{ toString: () => "abcd" }, "The title is missing"],
])("a line refuses %j", (value, message) => {
  expect(complaint(Title, value)).toBe(message);
});

test.each(["שלום\u200f!\u200e", "می\u200cخواهم", "ab 🏳️‍🌈 cd", "🏴󠁧󠁢󠁳󠁣󠁴󠁿 ab", "葛\u{e0100}abc"])(
  "a line may hold what its own letters and emoji need: %s",
  (value) => {
    expect(Title.parse(value)).toBe(value);
  },
);

test("prose may be empty, and may hold tabs and newlines but no other control character", () => {
  expect(Story.parse("")).toBe("");
  expect(Story.parse("one\n\ttwo")).toBe("one\n\ttwo");
  for (const bad of ["a\0b", "a\rb", "a\x1bb", "a\x9fb"]) {
    expect(complaint(Story, bad), JSON.stringify(bad)).toBe("The story has a control character in it");
  }
  expect(complaint(Story, "a".repeat(21))).toBe("The story has more than 20 characters");
});

test.each([
  ["accents", "\u0301\u0323"],
  ["vowel signs", "\u0f71\u0f72"],
  ["sound marks of half width", "\u3099\uff9e"],
])("30 combining marks in a row are taken, and not one more: %s", (_, pair) => {
  const Text = prose({ field: "text", min: 0, max: 1000 });
  const most = pair.repeat(COMBINING_MARKS_MAX / 2);
  expect(complaint(Text, `a${most}b${most}`)).toBeNull();
  expect(complaint(Text, `a${most}\u0301`)).toBe("The text has too many accents on one letter");
  expect(complaint(PersonName, `A${most}\u0301`)).toBe("The name has too many accents on one letter");
});

test("languages that are written with many marks are taken", () => {
  for (const text of ["Tiếng Việt có nhiều dấu", "בְּרֵאשִׁית בָּרָא", "ที่นี่มีน้ำ", "བསྒྲུབས་", "क्ष्म्य", "한국어", "🏳️‍🌈🏴󠁧󠁢󠁳󠁣󠁴󠁿"])
    for (const form of ["NFC", "NFD"]) expect(complaint(Story, text.normalize(form).slice(0, 20)), text).toBeNull();
});

describe("names", () => {
  test("a product's has 4 to 60 characters, a person's 1 to 60", () => {
    expect(ProductName.safeParse("abc").success).toBe(false);
    expect(ProductName.safeParse("abcd").success).toBe(true);
    expect(ProductName.safeParse("漢字の本").success).toBe(true);
    expect(ProductName.safeParse("a".repeat(60)).success).toBe(true);
    expect(ProductName.safeParse("a".repeat(61)).success).toBe(false);
    expect(PersonName.safeParse("A").success).toBe(true);
    expect(PersonName.safeParse("a".repeat(61)).success).toBe(false);
  });

  test("M15: only blanks are no name", () => {
    const product = { name: "    ", price: { amount: 100, currency: "EUR" } };
    expect(NewProduct.safeParse(product).error?.issues[0]).toMatchObject({
      path: ["name"],
      message: fault("missing", { field: "name" }),
    });
  });
});

describe("an email address", () => {
  test.each([
    ["ada@example.com", "ada@example.com"],
    ["  Ada.Lovelace+shop@Mail.Example.co.uk ", "Ada.Lovelace+shop@Mail.Example.co.uk"],
  ])("takes %j", (typed, kept) => {
    expect(Email.parse(typed)).toBe(kept);
  });

  test.each([
    [undefined, "The email is missing"],
    ["", "The email is missing"],
    ["   ", "The email is missing"],
    [["ada@example.com"], "The email is missing"],
    ["ada", "This is not an email address"],
    ["ada@", "This is not an email address"],
    ["@example.com", "This is not an email address"],
    ["ada@example", "This is not an email address"],
    ["ada lovelace@example.com", "This is not an email address"],
    ["ada@example.com, eve@evil.example", "This is not an email address"],
    ["ada@example.com\nBcc: eve@evil.example", "This is not an email address"],
    ["ada\0@example.com", "This is not an email address"],
    ["ada\ud800@example.com", "This is not an email address"],
    [`${"a".repeat(250)}@example.com`, "The email is too long"],
  ])("refuses %j", (value, message) => {
    expect(complaint(Email, value)).toBe(message);
  });

  test("its fault is told once, at its field", () => {
    const result = SignupInput.safeParse({ name: "Ada", email: "", password: "a long enough one" });
    expect(result.error?.issues).toHaveLength(1);
    expect(result.error?.issues[0]).toMatchObject({ path: ["email"], message: fault("missing", { field: "email" }) });
  });
});
