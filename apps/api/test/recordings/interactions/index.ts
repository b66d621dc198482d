import type { Endpoint, EndpointName } from "@yumroad/contract";
import { generalInteractions } from "../general-interactions.ts";
import type { Interactions } from "../interaction.ts";
import { accountInteractions } from "./accounts.ts";
import { contentInteractions } from "./contents.ts";
import { discountInteractions } from "./discounts.ts";
import { factorInteractions } from "./factors.ts";
import { fileInteractions } from "./files.ts";
import { mailQueueInteractions } from "./mail-queue.ts";
import { operatorPaymentInteractions } from "./operator-payments.ts";
import { operatorInteractions } from "./operators.ts";
import { orderInteractions } from "./orders.ts";
import { passkeyInteractions } from "./passkeys.ts";
import { paymentInteractions } from "./payments.ts";
import { pictureInteractions } from "./pictures.ts";
import { productInteractions } from "./products.ts";
import { recoveryInteractions } from "./recovery.ts";
import { saleInteractions } from "./sales.ts";
import { serviceInteractions } from "./service.ts";
import { storeInteractions } from "./stores.ts";
import { takeDownInteractions } from "./take-down.ts";
import { withdrawalInteractions } from "./withdrawals.ts";

/** Interactions by endpoint. An endpoint without interactions does not compile. */
const interactions: Record<EndpointName, Interactions> = {
  ...accountInteractions,
  ...recoveryInteractions,
  ...factorInteractions,
  ...passkeyInteractions,
  ...productInteractions,
  ...storeInteractions,
  ...operatorInteractions,
  ...operatorPaymentInteractions,
  ...mailQueueInteractions,
  ...contentInteractions,
  ...fileInteractions,
  ...pictureInteractions,
  ...orderInteractions,
  ...discountInteractions,
  ...paymentInteractions,
  ...saleInteractions,
  ...withdrawalInteractions,
  ...takeDownInteractions,
  ...serviceInteractions,
};

/** The interactions that only this endpoint has. */
export function ownInteractionsOf(name: EndpointName): Interactions {
  return interactions[name];
}

/** All interactions of an endpoint: its own, and the refusals that every endpoint of its kind gives. */
export function interactionsOf(name: EndpointName, endpoint: Endpoint): Interactions {
  return { ...generalInteractions(endpoint), ...interactions[name] };
}
