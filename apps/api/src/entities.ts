import { ContentEntity } from "./catalog/contents/content.entity.ts";
import { ContentVersionEntity } from "./catalog/contents/content-version.entity.ts";
import { FileEntity } from "./catalog/files/file.entity.ts";
import { PictureEntity } from "./catalog/pictures/picture.entity.ts";
import { PriceChangeEntity } from "./catalog/products/price-change.entity.ts";
import { ProductEntity } from "./catalog/products/product.entity.ts";
import { SEARCH_TABLES } from "./catalog/products/search-products.ts";
import { StoreEntity } from "./catalog/stores/store.entity.ts";
import { StoreHandleEntity } from "./catalog/stores/store-handle.entity.ts";
import { UploadEntity } from "./catalog/uploads/upload.entity.ts";
import { ActivityEntity } from "./identity/activity/activity.entity.ts";
import { RecoveryRequestEntity } from "./identity/auth/recovery-request.entity.ts";
import { PasskeyEntity } from "./identity/passkeys/passkey.entity.ts";
import { UsedChallengeEntity } from "./identity/passkeys/used-challenge.entity.ts";
import { MailedTokenEntity } from "./identity/tokens/mailed-token.entity.ts";
import { RecoveryCodeEntity } from "./identity/two-factor/recovery-code.entity.ts";
import { TotpFactorEntity } from "./identity/two-factor/totp-factor.entity.ts";
import { UserEntity } from "./identity/users/user.entity.ts";
import { migrations } from "./migrations/index.ts";
import type { Schema } from "./platform/db/schema.ts";
import { SettingEntity } from "./platform/db/setting.entity.ts";
import { JobEntity } from "./platform/jobs/job.entity.ts";
import { MailEntity } from "./platform/mail/mail.entity.ts";
import { SessionRowEntity } from "./platform/sessions/session-row.entity.ts";
import { DiscountEntity } from "./sales/discounts/discount.entity.ts";
import { DiscountProductEntity } from "./sales/discounts/discount-product.entity.ts";
import { DownloadEntity } from "./sales/downloads/download.entity.ts";
import { DisputeEntity } from "./sales/orders/dispute.entity.ts";
import { EntitlementEntity } from "./sales/orders/entitlement.entity.ts";
import { OrderEntity } from "./sales/orders/order.entity.ts";
import { OrderEmailChangeEntity } from "./sales/orders/order-email-change.entity.ts";
import { OrderEventEntity } from "./sales/orders/order-event.entity.ts";
import { OrderItemEntity } from "./sales/orders/order-item.entity.ts";
import { OrderKeyEntity } from "./sales/orders/order-key.entity.ts";
import { PaymentAttemptEntity } from "./sales/orders/payment-attempt.entity.ts";
import { RefundEntity } from "./sales/orders/refund.entity.ts";
import { SalesQuarterEntity } from "./sales/orders/sales-quarter.entity.ts";
import { DemoPaymentEntity } from "./sales/payments/demo-payment.entity.ts";
import { PaymentEventEntity } from "./sales/payments/payment-event.entity.ts";
import { PurchaseLinkEntity } from "./sales/purchases/purchase-link.entity.ts";
import { WithdrawalEntity } from "./sales/withdrawals/withdrawal.entity.ts";

/** The entities of all tables that MikroORM maps. */
const entities = [
  UserEntity,
  StoreEntity,
  StoreHandleEntity,
  ProductEntity,
  PriceChangeEntity,
  SessionRowEntity,
  SettingEntity,
  MailEntity,
  JobEntity,
  ActivityEntity,
  MailedTokenEntity,
  RecoveryRequestEntity,
  TotpFactorEntity,
  RecoveryCodeEntity,
  PasskeyEntity,
  UsedChallengeEntity,
  ContentEntity,
  FileEntity,
  ContentVersionEntity,
  UploadEntity,
  PictureEntity,
  DiscountEntity,
  DiscountProductEntity,
  OrderEntity,
  OrderItemEntity,
  OrderKeyEntity,
  OrderEventEntity,
  PaymentAttemptEntity,
  PaymentEventEntity,
  EntitlementEntity,
  DownloadEntity,
  SalesQuarterEntity,
  DisputeEntity,
  RefundEntity,
  OrderEmailChangeEntity,
  PurchaseLinkEntity,
  WithdrawalEntity,
  DemoPaymentEntity,
];

/** The schema for `openDatabase`. */
export const schema: Schema = { entities, unmappedTables: SEARCH_TABLES, migrations };
