import type { StuckOrder } from "@yumroad/contract";
import { hideAddress } from "../mails/hide-address.ts";
import type { StuckRow } from "./queries.ts";

/** An order for the operator: it can be found by its seller, and its buyer is recognised but not read (R102). */
export function presentStuckOrder({ ref, reason, store, email, createdAt }: StuckRow): StuckOrder {
  return {
    ref,
    reason,
    store: { handle: store.handle, name: store.name },
    buyer: hideAddress(email),
    createdAt: createdAt.toISOString(),
  };
}
