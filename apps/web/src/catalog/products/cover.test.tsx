import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Cover } from "./cover.tsx";

const SLUGS = Array.from({ length: 60 }, (_, index) => `thing-${index}`);

function show(slug: string, coverUrl: string | null = null): Element | null {
  return render(<Cover slug={slug} coverUrl={coverUrl} />).container.firstElementChild;
}

test("a drawn cover is the same wherever its product is shown, whatever else was drawn before", () => {
  const first = SLUGS.map((slug) => show(slug)?.outerHTML);
  const again = SLUGS.toReversed().map((slug) => show(slug)?.outerHTML);
  expect(again.toReversed()).toEqual(first);
});

test("each product's is another one, of one of five kinds", () => {
  const covers = SLUGS.map((slug) => show(slug));
  expect(new Set(covers.map((cover) => cover?.outerHTML)).size).toBe(SLUGS.length);
  // Tiles, waves, hills, columns or rings; rings consist of circles only.
  const shapes = ["g path", "path", "ellipse", "rect + rect"];
  const kinds = covers.map((cover) => shapes.find((shape) => cover?.querySelector(shape)) ?? "circle");
  expect(new Set(kinds)).toEqual(new Set([...shapes, "circle"]));
});

test("a drawn cover keeps still for who cannot see it, and has a size and a place for every shape", () => {
  for (const slug of [...SLUGS, "", "日本", "a".repeat(80)]) {
    const cover = show(slug);
    expect(cover).toHaveAttribute("aria-hidden", "true");
    expect(cover?.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  }
});

test("a product with a picture shows that, and says nothing that its name does not", () => {
  const cover = show("paper-moon", "https://shop.example/moon.png");
  expect(cover).toHaveProperty("tagName", "IMG");
  expect(cover).toHaveAttribute("src", "https://shop.example/moon.png");
  expect(cover).toHaveAttribute("alt", "");
});

test("a drawn cover has the name on it, and a picture of its own does not", () => {
  const nameOn = (coverUrl: string | null) =>
    render(<Cover slug="paper-moon" coverUrl={coverUrl} name="Paper moon" />)
      .container.querySelector("[data-name]")
      ?.getAttribute("data-name");
  expect(nameOn(null)).toBe("Paper moon");
  expect(nameOn("https://shop.example/moon.png")).toBeUndefined();
});
