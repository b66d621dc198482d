import { AccountsAndProducts } from "./2026-11-22-accounts-and-products.ts";
import { ProductSearch } from "./2026-11-23-product-search.ts";
import { AccountActivity } from "./2026-11-25-account-activity.ts";
import { Mails } from "./2026-11-25-mails.ts";
import { OwnData } from "./2026-11-25-own-data.ts";
import { Passkeys } from "./2026-11-25-passkeys.ts";
import { Recovery } from "./2026-11-25-recovery.ts";
import { SecondFactors } from "./2026-11-25-second-factors.ts";
import { ActivityOfAKind } from "./2026-11-29-activity-of-a-kind.ts";
import { KnownBrowsers } from "./2026-11-29-known-browsers.ts";
import { WayBackOfLinks } from "./2026-11-29-way-back-of-links.ts";
import { Operators } from "./2026-11-30-operators.ts";
import { Prices } from "./2026-11-30-prices.ts";
import { Sales } from "./2026-11-30-sales.ts";
import { HandlesAndTakeDown } from "./2026-12-01-handles-and-take-down.ts";
import { MailLanes } from "./2026-12-01-mail-lanes.ts";
import { PayInstructionsOfOrders } from "./2026-12-02-pay-instructions-of-orders.ts";
import { PaymentsInTrouble } from "./2026-12-03-payments-in-trouble.ts";
import { TimeOfDeletionRequests } from "./2026-12-04-time-of-deletion-requests.ts";
import { OrdersByTime } from "./2026-12-05-orders-by-time.ts";
import { RefundsAndDisputesAtTheProvider } from "./2026-12-05-refunds-and-disputes-at-the-provider.ts";
import { Discounts } from "./2026-12-06-discounts.ts";

/** Every migration in the order of execution. A merged migration is never changed, because databases have run it. */
export const migrations = [
  { name: "2026-11-22-accounts-and-products", class: AccountsAndProducts },
  { name: "2026-11-23-product-search", class: ProductSearch },
  { name: "2026-11-25-mails", class: Mails },
  { name: "2026-11-25-account-activity", class: AccountActivity },
  { name: "2026-11-25-recovery", class: Recovery },
  { name: "2026-11-25-second-factors", class: SecondFactors },
  { name: "2026-11-25-own-data", class: OwnData },
  { name: "2026-11-25-passkeys", class: Passkeys },
  { name: "2026-11-29-activity-of-a-kind", class: ActivityOfAKind },
  { name: "2026-11-29-way-back-of-links", class: WayBackOfLinks },
  { name: "2026-11-29-known-browsers", class: KnownBrowsers },
  { name: "2026-11-30-operators", class: Operators },
  { name: "2026-11-30-prices", class: Prices },
  { name: "2026-11-30-sales", class: Sales },
  { name: "2026-12-01-handles-and-take-down", class: HandlesAndTakeDown },
  { name: "2026-12-01-mail-lanes", class: MailLanes },
  { name: "2026-12-02-pay-instructions-of-orders", class: PayInstructionsOfOrders },
  { name: "2026-12-03-payments-in-trouble", class: PaymentsInTrouble },
  { name: "2026-12-04-time-of-deletion-requests", class: TimeOfDeletionRequests },
  { name: "2026-12-05-orders-by-time", class: OrdersByTime },
  { name: "2026-12-05-refunds-and-disputes-at-the-provider", class: RefundsAndDisputesAtTheProvider },
  { name: "2026-12-06-discounts", class: Discounts },
];
