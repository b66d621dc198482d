import { randomBytes } from "node:crypto";
import anyAscii from "any-ascii";

/** Words that name pages, routes or authorities, and that are therefore never used as a slug or handle. */
const RESERVED = new Set(
  `about abuse account admin administrator api app assets auth billing blog cart checkout contact dashboard delete docs edit
   favicon feed forgot-password health healthz help home legal library login logout mail me new not-me null official operator
   orders outbox p pay payments postmaster pricing privacy product products readyz reset-password robots root sales search security sell
   settings setup shop sign-in sign-up signin signup sitemap staff static status store stores support system team terms
   undefined undo-email-change unlock user users verify-email webhook webhooks www yumroad`.split(/\s+/),
);

const MAX_LENGTH = 60;

/** True for a word that is never a slug or handle by itself. */
export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

/**
 * Converts a name in any script to a part of a URL: a to z, digits, single hyphens. If no usable character remains, the
 * result is `fallback` with a random suffix. A reserved word gets a random suffix.
 *
 * @example
 * toSlug("Žluťoučký kůň – 3. vydání", "product"); // "zlutoucky-kun-3-vydani"
 */
export function toSlug(name: string, fallback: string): string {
  const slug = anyAscii(name.normalize("NFKC"))
    .toLowerCase()
    .replace(/['’`]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, "");
  if (slug === "") return `${fallback}-${randomSuffix()}`;
  return isReservedSlug(slug) ? `${slug}-${randomSuffix()}` : slug;
}

/**
 * Yields ten candidates for a name's slug, to be tried until one is free: the plain slug, two with a small number, and
 * seven with a random suffix, which hardly ever collide.
 */
export function* slugCandidates(name: string, fallback: string): Generator<string> {
  const slug = toSlug(name, fallback);
  yield slug;
  yield `${slug}-2`;
  yield `${slug}-3`;
  for (let tries = 0; tries < 7; tries += 1) yield `${slug}-${randomSuffix()}`;
}

function randomSuffix(): string {
  return randomBytes(3).toString("hex");
}
