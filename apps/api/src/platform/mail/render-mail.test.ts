import { describe, expect, it } from "vitest";
import { renderMail } from "./render-mail.ts";

const origin = { shop: "The shop", host: "shop.example" };
const mail = {
  kind: "password_reset" as const,
  to: "ada@example.com",
  subject: "Choose a new password",
  heading: "Choose a new password",
  paragraphs: ["Somebody asked for it.", "Most likely you."],
  button: { label: "Choose it", url: "https://shop.example/reset-password#token=abc" },
  closing: "If it was not you, do nothing.",
};

describe("a mail that is written out", () => {
  it("says the same in HTML and in plain text", () => {
    const { html, text } = renderMail(mail, origin);
    for (const words of [mail.heading, ...mail.paragraphs, mail.button.label, mail.button.url, mail.closing]) {
      expect(html).toContain(words);
      expect(text).toContain(words);
    }
    expect(html).toContain(`<a href="${mail.button.url}"`);
    expect(text).toMatch(/^Choose it:\nhttps:\/\/shop\.example\/reset-password#token=abc$/m);
    expect(text).not.toMatch(/<|undefined/);
  });

  it("does without what it does not have", () => {
    const { button: _, closing: __, ...bare } = mail;
    const { html, text } = renderMail(bare, origin);
    expect(html).not.toMatch(/<a |undefined/);
    expect(text).not.toMatch(/undefined|https:/);
  });

  it("escapes everything", () => {
    const nasty = `</p><script>alert("x")</script>&amp;'`;
    const { html } = renderMail(
      {
        ...mail,
        subject: nasty,
        heading: nasty,
        paragraphs: [nasty],
        button: { label: nasty, url: `https://shop.example/?q="><img src=x>` },
        closing: nasty,
      },
      { ...origin, shop: nasty },
    );
    expect(html).not.toMatch(/<script|<img|&amp;'/);
    expect(html.split("&lt;/p&gt;&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;amp;&#39;")).toHaveLength(7);
  });

  it("asks nobody for anything, and leaves the colours to whoever shows it", () => {
    const { html } = renderMail(mail, origin);
    expect(html).not.toMatch(/\b(?:src|srcset|background)=|url\(|@import|<link|<style|<script|<form/);
    expect([...html.matchAll(/(?:color|background): (#\w+)/g)].map(([, colour]) => colour)).toEqual([
      "#a83a68",
      "#ffffff",
    ]);
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
  });
});
