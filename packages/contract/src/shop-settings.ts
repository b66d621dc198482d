import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { ShopKind } from "./shop-kind.ts";
import { line, prose } from "./text.ts";
import { Timestamp } from "./timestamp.ts";
import { TokenInput } from "./tokens.ts";
import { Email } from "./user.ts";

export const SHOP_NAME_LENGTH = { min: 1, max: 60 } as const;
export const TAGLINE_MAX_LENGTH = 120;
export const LEGAL_NAME_MAX_LENGTH = 120;
export const LEGAL_ADDRESS_MAX_LENGTH = 500;
export const FOOTER_LINKS_MAX = 8;
export const LINK_LABEL_LENGTH = { min: 1, max: 40 } as const;
export const LINK_MAX_LENGTH = 500;

const HTTP_ADDRESS = /^https?:\/\/[^/]/i;
const MAIL_ADDRESS = /^mailto:[^?]+@/i;
// A base for parsing paths, which belongs to nobody (RFC 2606).
const SOME_ORIGIN = "https://shop.invalid";

/**
 * True for the address of a page, `https://…` or `mailto:…`, and for a path of this site. Browsers read `\` as `/`, so a
 * path with one could lead to another site; so could one with a control character, which `line` refuses.
 */
function isLinkAddress(href: string): boolean {
  if (/[\s\\]/.test(href)) return false;
  if (HTTP_ADDRESS.test(href)) return URL.canParse(href);
  if (MAIL_ADDRESS.test(href)) return URL.canParse(href);
  return href.startsWith("/") && !href.startsWith("//") && isOfThisSite(href);
}

function isOfThisSite(path: string): boolean {
  const url = URL.canParse(path, SOME_ORIGIN) ? new URL(path, SOME_ORIGIN) : null;
  return url !== null && url.origin === SOME_ORIGIN && !url.pathname.startsWith("//");
}

export const FooterLink = z.strictObject({
  label: line({ field: "label", ...LINK_LABEL_LENGTH }),
  href: line({ field: "link", min: 1, max: LINK_MAX_LENGTH }).check(z.refine(isLinkAddress, fault("link_of_footer"))),
});
export type FooterLink = z.infer<typeof FooterLink>;

const ContactEmail = z.string(fault("missing", { field: "contact_email" })).check(
  // Before trimming, which would silently remove control characters at the ends.
  z.refine((value) => /^ *$/.test(value) || Email.safeParse(value).success, {
    error: fault("contact_email_invalid"),
    abort: true,
  }),
  z.trim(),
);

/** The settings of the shop that everybody sees. An empty text: not set. */
export const PublicShopSettings = z.strictObject({
  name: line({ field: "name", ...SHOP_NAME_LENGTH }),
  tagline: line({ field: "tagline", min: 0, max: TAGLINE_MAX_LENGTH }),
  legalName: line({ field: "legal_name", min: 0, max: LEGAL_NAME_MAX_LENGTH }),
  legalAddress: prose({ field: "address", min: 0, max: LEGAL_ADDRESS_MAX_LENGTH }),
  contactEmail: ContactEmail,
  footerLinks: z
    .array(FooterLink, fault("missing", { field: "links" }))
    .check(z.maxLength(FOOTER_LINKS_MAX, fault("too_many_links", { max: FOOTER_LINKS_MAX }))),
  /** True: the footer says that the shop runs on Yumroad. */
  showsPoweredBy: z.boolean(),
});
export type PublicShopSettings = z.infer<typeof PublicShopSettings>;

/** All settings that an operator can change. */
export const ShopSettings = z.extend(PublicShopSettings, {
  /** The name that mails are from. Empty: the shop's name. */
  senderName: line({ field: "sender", min: 0, max: SHOP_NAME_LENGTH.max }),
});
export type ShopSettings = z.infer<typeof ShopSettings>;

/** A change of the settings: only the given ones change, and at least one has to be given. */
export const ShopChange = z
  .partial(ShopSettings)
  .check(z.refine((change) => Object.values(change).some((value) => value !== undefined), fault("nothing_to_change")));
export type ShopChange = z.infer<typeof ShopChange>;

/** The outcome of a test mail. `reason`: what the mail server answered, or why it could not be reached. */
export const TestMail = z.discriminatedUnion("delivered", [
  z.strictObject({ delivered: z.literal(true) }),
  z.strictObject({ delivered: z.literal(false), reason: z.string() }),
]);
export type TestMail = z.infer<typeof TestMail>;

/**
 * Whether the shop's mails are known to arrive. `confirmedAt`: when the link of a test mail was last opened; null: of none,
 * or of none since the mail server or the sender has changed.
 */
export const MailCheck = z.strictObject({ confirmedAt: z.nullable(Timestamp) });
export type MailCheck = z.infer<typeof MailCheck>;

/** A change of the kind, and the answer to it. */
export const ShopKindChoice = z.strictObject({ kind: ShopKind });
export type ShopKindChoice = z.infer<typeof ShopKindChoice>;

/** The endpoints of the settings, which are among those of `operator`. */
export const shopSettingsEndpoints = {
  getShop: endpoint({
    method: "GET",
    path: "/api/operator/shop",
    access: "operator",
    summary: "The shop’s settings. The ETag is their version",
    success: { status: 200, body: ShopSettings },
    problems: [],
  }),

  changeShop: endpoint({
    method: "PATCH",
    path: "/api/operator/shop",
    access: "operator",
    fresh: true,
    summary: "Change the shop’s settings. `If-Match` names the version you’re changing",
    body: ShopChange,
    success: { status: 200, body: ShopSettings },
    problems: ["precondition_required", "version_conflict"],
  }),

  changeShopKind: endpoint({
    method: "POST",
    path: "/api/operator/shop/kind",
    access: "operator",
    fresh: true,
    summary: "Choose who may sell: everyone, or only the shop owner, if nobody else has a store",
    body: ShopKindChoice,
    success: { status: 200, body: ShopKindChoice },
    problems: ["others_have_stores"],
  }),

  getMailCheck: endpoint({
    method: "GET",
    path: "/api/operator/test-mail",
    access: "operator",
    summary: "When a test email was last confirmed",
    success: { status: 200, body: MailCheck },
    problems: [],
  }),

  sendTestMail: endpoint({
    method: "POST",
    path: "/api/operator/test-mail",
    access: "operator",
    fresh: true,
    summary: "Send a test email to your own address. Returns whether the mail server accepted it",
    success: { status: 200, body: TestMail },
    limits: ["testMails"],
    problems: ["mail_unavailable", "rate_limited"],
  }),

  confirmTestMail: endpoint({
    method: "POST",
    path: "/api/operator/test-mail/confirm",
    access: "anyone",
    summary: "Confirm that email works with the link in the test email. The shop takes no money before that",
    body: TokenInput,
    success: { status: 204, body: null },
    problems: ["link_invalid", "rate_limited"],
  }),
};
