import { PriceChangeEntity } from "./catalog/products/price-change.entity.ts";
import { ProductEntity } from "./catalog/products/product.entity.ts";
import { SEARCH_TABLES } from "./catalog/products/search-products.ts";
import { StoreEntity } from "./catalog/stores/store.entity.ts";
import { StoreHandleEntity } from "./catalog/stores/store-handle.entity.ts";
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
import { MailEntity } from "./platform/mail/mail.entity.ts";
import { SessionRowEntity } from "./platform/sessions/session-row.entity.ts";

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
  ActivityEntity,
  MailedTokenEntity,
  RecoveryRequestEntity,
  TotpFactorEntity,
  RecoveryCodeEntity,
  PasskeyEntity,
  UsedChallengeEntity,
];

/** The schema for `openDatabase`. */
export const schema: Schema = { entities, unmappedTables: SEARCH_TABLES, migrations };
