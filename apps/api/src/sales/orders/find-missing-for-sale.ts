import type { SaleNeed } from "@yumroad/contract";
import type { EntityManager } from "../../platform/db/database.ts";
import { readRows } from "../../platform/db/read-rows.ts";
import type { Mailer } from "../../platform/mail/mailer.ts";
import { readMailConfirmedAt } from "../../shop/mail-confirmation.ts";
import type { ProviderFor, StoreToPay } from "../payments/choose-provider.ts";
import type { ProductForSale } from "./queries.ts";
import { type SellerColumns, sellerOf } from "./seller-of.ts";

type StoreForSale = StoreToPay & Pick<ProductForSale, "hasLegalDetails">;

/** Finds what a store still needs before it can take money; empty: nothing. Free products need none of it. */
export type FindMissingForSale = (em: EntityManager, store: StoreForSale) => Promise<SaleNeed[]>;

interface SaleParts {
  mailer: Pick<Mailer, "way" | "settingsId">;
  providerFor: ProviderFor;
}

/**
 * Makes the check of shops in which money moves. No mail, no sale: without the receipt, a guest who loses the browser's
 * cookie loses what they paid for, and the waiver of withdrawal is worth nothing.
 */
export function createFindMissingForSale({ mailer, providerFor }: SaleParts): FindMissingForSale {
  return async (em, store) => {
    const hasMail = mailer.way !== "none" && (await readMailConfirmedAt(em, mailer)) !== null;
    return [
      ...(store.hasLegalDetails ? [] : (["legal_details"] as const)),
      ...(providerFor(store) === null ? (["payments"] as const) : []),
      ...(hasMail ? [] : (["mail"] as const)),
    ];
  };
}

/** The store of a user, as far as it matters for taking money; null: the user has no store. */
export async function findStoreForSale(em: EntityManager, ownerId: string): Promise<StoreForSale | null> {
  const sql = `select s.name as "storeName", s.legal_name as "legalName", s.legal_address as "legalAddress",
      s.contact_email as "contactEmail", s.pay_instructions as "payInstructions", u.operator_since as "operatorSince"
    from stores s join users u on u.id = s.owner_id where s.owner_id = ?`;
  const [row] = await readRows<SellerColumns & { payInstructions: string; operatorSince: Date | null }>(em, sql, [
    ownerId,
  ]);
  if (!row) return null;
  const { payInstructions, operatorSince } = row;
  return { payInstructions, isOperatorsStore: operatorSince !== null, ...(await sellerOf(em, row)) };
}
