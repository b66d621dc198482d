import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Rich } from "./rich.tsx";

const html = (text: string) =>
  render(
    <Rich text={text} parts={{ a: (words) => <a href="/x">{words}</a>, name: <strong>{"<a>Mira</a>"}</strong> }} />,
  ).container.innerHTML;

test("gives tags and values their look, in the order of the text", () => {
  expect(html("New here? <a>Sign up</a>, {name}.")).toBe(
    'New here? <a href="/x">Sign up</a>, <strong>&lt;a&gt;Mira&lt;/a&gt;</strong>.',
  );
});

test("shows everything else as it is", () => expect(html("1 < 2 <i>and</i> {3}")).toBe("1 &lt; 2 and {3}"));
