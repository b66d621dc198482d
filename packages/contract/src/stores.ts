import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { fault } from "./faults.ts";
import { PageQuery, page } from "./paging.ts";
import { ProductCard } from "./products.ts";
import { LEGAL_ADDRESS_MAX_LENGTH, LEGAL_NAME_MAX_LENGTH } from "./shop-settings.ts";
import { StoreName, StoreRef } from "./store-ref.ts";
import { line, prose } from "./text.ts";
import { OptionalEmail } from "./user.ts";

const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const HANDLE_RULE = fault("handle_invalid");

export const HANDLE_LENGTH = { min: 3, max: 40 } as const;
export const BIO_MAX_LENGTH = 1000;
export const PAY_INSTRUCTIONS_MAX_LENGTH = 2000;

export const Handle = z.strictObject({ handle: z.string().check(z.regex(HANDLE), z.maxLength(80)) });

/** A handle that a seller chooses. Capitals become small letters. */
export const NewHandle = z.string(fault("missing", { field: "handle" })).check(
  // Runs before the letters are made small: that turns the Kelvin sign, for example, into an ordinary k.
  z.refine((value) => /^[a-zA-Z0-9-]*$/.test(value), { error: HANDLE_RULE, abort: true }),
  z.toLowerCase(),
  z.minLength(HANDLE_LENGTH.min, fault("too_short", { field: "handle", min: HANDLE_LENGTH.min })),
  z.maxLength(HANDLE_LENGTH.max, fault("too_long", { field: "handle", max: HANDLE_LENGTH.max })),
  z.regex(HANDLE, HANDLE_RULE),
);

/** A store as its page shows it. */
export const Store = z.extend(StoreRef, {
  /** Markdown. */
  bio: z.string(),
  /** The bio as HTML that a page may contain as it is; see `descriptionHtml` of a product. */
  bioHtml: z.string(),
  /** The seller's legal name, postal address and email: what the law of many countries asks of a shop's page. */
  legalName: z.string(),
  legalAddress: z.string(),
  contactEmail: z.string(),
});
export type Store = z.infer<typeof Store>;

/** A store as its seller sees it. */
export const OwnStore = z.extend(Store, {
  /** Handles that the store had before. Links with them lead to the store. */
  formerHandles: z.array(z.string()),
  /** How buyers pay outside of the shop, in the seller's words; empty: they can't. */
  payInstructions: z.string(),
  /** True: a dispute ends the buyer's access until it is won. */
  endsAccessOnDispute: z.boolean(),
  /** The operator's reason for taking the store down; null: it is not taken down. */
  takenDownReason: z.nullable(z.string()),
});
export type OwnStore = z.infer<typeof OwnStore>;

/** A change of a store: only the given fields change, and at least one has to be given. */
export const StoreChange = z
  .partial(
    z.strictObject({
      name: StoreName,
      handle: NewHandle,
      bio: prose({ field: "bio", min: 0, max: BIO_MAX_LENGTH }),
      legalName: line({ field: "legal_name", min: 0, max: LEGAL_NAME_MAX_LENGTH }),
      legalAddress: prose({ field: "legal_address", min: 0, max: LEGAL_ADDRESS_MAX_LENGTH }),
      contactEmail: OptionalEmail,
    } satisfies { [Field in Exclude<keyof Store, "bioHtml">]: z.ZodMiniType<string> }),
  )
  .check(z.refine((change) => Object.values(change).some((value) => value !== undefined), fault("nothing_to_change")));
export type StoreChange = z.infer<typeof StoreChange>;

/** A change of how a store is paid: only the given fields change, and at least one has to be given. */
export const StorePayments = z
  .partial(
    z.strictObject({
      payInstructions: prose({ field: "pay_instructions", min: 0, max: PAY_INSTRUCTIONS_MAX_LENGTH }),
      endsAccessOnDispute: z.boolean(),
    }),
  )
  .check(z.refine((change) => Object.values(change).some((value) => value !== undefined), fault("nothing_to_change")));
export type StorePayments = z.infer<typeof StorePayments>;

export const storeEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/stores/:handle",
    access: "public",
    summary: "A store by its current or a former handle, with its published products, newest first",
    params: Handle,
    query: PageQuery,
    success: { status: 200, body: z.extend(page(ProductCard), { store: Store }) },
    cache: "shared",
    problems: [],
  }),

  getOwn: endpoint({
    method: "GET",
    path: "/api/me/store",
    access: "seller",
    summary: "Your store. 404 until you add a product",
    success: { status: 200, body: OwnStore },
    problems: ["not_found"],
  }),

  changeOwn: endpoint({
    method: "PATCH",
    path: "/api/me/store",
    access: "seller",
    summary: "Change your store. A former handle stays yours",
    body: StoreChange,
    success: { status: 200, body: OwnStore },
    limits: ["storeChanges"],
    problems: ["not_found", "handle_taken", "rate_limited"],
  }),

  changePayments: endpoint({
    method: "PATCH",
    path: "/api/me/store/payments",
    access: "seller",
    fresh: true,
    summary:
      "Set how buyers pay outside the shop, and whether a dispute ends access. Existing orders keep the old instructions",
    body: StorePayments,
    success: { status: 200, body: OwnStore },
    limits: ["payInstructionsChanges"],
    problems: ["not_found", "rate_limited"],
  }),
};
