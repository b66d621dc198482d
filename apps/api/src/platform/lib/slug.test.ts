import { Slug } from "@yumroad/contract";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { slugCandidates, toSlug } from "./slug.ts";

describe("toSlug", () => {
  it.each([
    ["Field Notes: a Notion system", "field-notes-a-notion-system"],
    ["Žluťoučký kůň – 3. vydání", "zlutoucky-kun-3-vydani"],
    ["  Ann's   best — ever!! ", "anns-best-ever"],
    ["ＦＵＬＬ ｗｉｄｔｈ", "full-width"],
    ["Straße & Öl", "strasse-ol"],
  ])("makes %j readable: %s", (name, slug) => {
    expect(toSlug(name, "product")).toBe(slug);
  });

  it.each([
    "日本語の本",
    "Привет, мир",
    "한국어 책",
    "مرحبا بالعالم",
    "שלום עולם",
    "Ελληνικά",
    "हिन्दी किताब",
    "ไทย",
    "🦊🐻",
    "!!!",
    "…",
    "a".repeat(60),
    "-".repeat(60),
    "word ".repeat(12),
  ])("gives %j an address that the contract takes", (name) => {
    expect(z.safeParse(Slug, { slug: toSlug(name, "product") }).success).toBe(true);
  });

  it("gives a name that leaves nothing the fallback with something random behind it", () => {
    expect(toSlug("…", "store")).toMatch(/^store-[0-9a-f]{6}$/);
    expect(toSlug("…", "store")).not.toBe(toSlug("…", "store"));
  });

  it.each(["new", "API", " Log In ", "login", "Sign-up", "Admin", "dashboard", "null", "yumroad"])(
    "never gives out the reserved word %j by itself",
    (name) => {
      const slug = toSlug(name, "product");
      if (name !== " Log In ") expect(slug).toMatch(/^[a-z-]+-[0-9a-f]{6}$/);
      expect(["new", "api", "login", "signup", "sign-up", "admin", "dashboard", "null", "yumroad"]).not.toContain(slug);
    },
  );
});

describe("slugCandidates", () => {
  it("begins with the plain one, and never offers the same twice", () => {
    const candidates = [...slugCandidates("Plum jam", "product")];
    expect(candidates.slice(0, 3)).toEqual(["plum-jam", "plum-jam-2", "plum-jam-3"]);
    expect(new Set(candidates).size).toBe(candidates.length);
    expect(candidates).toHaveLength(10);
  });

  it("keeps every candidate of the longest name within what the contract takes", () => {
    for (const slug of slugCandidates("y".repeat(60), "product")) {
      expect(z.safeParse(Slug, { slug }).success).toBe(true);
    }
  });
});
