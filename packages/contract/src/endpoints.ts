import { accountEndpoints } from "./account.ts";
import { activityEndpoints } from "./activity.ts";
import { authEndpoints } from "./auth.ts";
import { contentEndpoints } from "./contents.ts";
import { discountEndpoints } from "./discounts.ts";
import { downloadEndpoints } from "./downloads.ts";
import { emailEndpoints } from "./email.ts";
import type { Endpoint } from "./endpoint.ts";
import { healthEndpoints } from "./health.ts";
import { mailEndpoints } from "./mail.ts";
import { openapiEndpoints } from "./openapi.ts";
import { operatorEndpoints } from "./operator.ts";
import { checkoutEndpoints, orderEndpoints } from "./orders.ts";
import { passkeyEndpoints } from "./passkeys.ts";
import { passwordEndpoints } from "./password.ts";
import { paymentEndpoints } from "./payments.ts";
import { pictureEndpoints } from "./pictures.ts";
import { privacyEndpoints } from "./privacy.ts";
import { productEndpoints } from "./products.ts";
import { purchaseEndpoints } from "./purchases.ts";
import { libraryEndpoints, saleEndpoints } from "./sales.ts";
import { sessionEndpoints } from "./sessions.ts";
import { shopEndpoints } from "./shop.ts";
import { storeEndpoints } from "./stores.ts";
import { twoFactorEndpoints } from "./two-factor.ts";
import { uploadEndpoints } from "./uploads.ts";
import { withdrawalEndpoints } from "./withdrawals.ts";

/** Every endpoint, grouped by its subject: `endpoints.products.create`. */
export const endpoints = {
  auth: authEndpoints,
  sessions: sessionEndpoints,
  password: passwordEndpoints,
  email: emailEndpoints,
  account: accountEndpoints,
  twoFactor: twoFactorEndpoints,
  passkeys: passkeyEndpoints,
  activity: activityEndpoints,
  privacy: privacyEndpoints,
  products: productEndpoints,
  stores: storeEndpoints,
  contents: contentEndpoints,
  uploads: uploadEndpoints,
  pictures: pictureEndpoints,
  checkout: checkoutEndpoints,
  orders: orderEndpoints,
  downloads: downloadEndpoints,
  discounts: discountEndpoints,
  payments: paymentEndpoints,
  purchases: purchaseEndpoints,
  sales: saleEndpoints,
  withdrawals: withdrawalEndpoints,
  library: libraryEndpoints,
  shop: shopEndpoints,
  operator: operatorEndpoints,
  mail: mailEndpoints,
  openapi: openapiEndpoints,
  health: healthEndpoints,
} as const satisfies Record<string, Record<string, Endpoint>>;

type Endpoints = typeof endpoints;

/** An endpoint's name as one string: `products.create`. */
export type EndpointName = {
  [Noun in keyof Endpoints]: `${Noun}.${keyof Endpoints[Noun] & string}`;
}[keyof Endpoints];

/** Every endpoint with its name, in the order of `endpoints`. */
export const allEndpoints: readonly [name: EndpointName, endpoint: Endpoint][] = Object.entries(endpoints).flatMap(
  ([noun, group]) =>
    Object.entries<Endpoint>(group).map(([verb, endpoint]): [EndpointName, Endpoint] => [
      `${noun}.${verb}` as EndpointName,
      endpoint,
    ]),
);
