import { type Endpoint, endpoints } from "@yumroad/contract";
import type { BudgetName } from "../limits.ts";

/**
 * What the owner of an account can do only so often, since each time leaves a row or a mail behind. Each try counts
 * whose input is as the contract has it. What is counted otherwise (by address, or only when it was wrong) draws on its
 * budget where it is done.
 */
export const accountBudgets: ReadonlyMap<Endpoint, BudgetName> = new Map<Endpoint, BudgetName>([
  [endpoints.changeProfile, "profileChanges"],
  [endpoints.changePassword, "passwordChanges"],
  [endpoints.confirmTotp, "factorChanges"],
  [endpoints.removeTotp, "factorChanges"],
  [endpoints.renewRecoveryCodes, "factorChanges"],
  [endpoints.addPasskey, "factorChanges"],
  [endpoints.removePasskey, "factorChanges"],
  [endpoints.askForDeletion, "deletionsAsked"],
  [endpoints.createProduct, "productsOfAccount"],
  [endpoints.updateProduct, "productChanges"],
]);
