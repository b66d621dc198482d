import { UserEntity } from "../features/accounts/user.entity.ts";
import { ActivityEntity } from "../features/activity/activity.entity.ts";
import { RecoveryCodeEntity } from "../features/factors/recovery-code.entity.ts";
import { TotpFactorEntity } from "../features/factors/totp-factor.entity.ts";
import { MailEntity } from "../features/mail/mail.entity.ts";
import { PasskeyEntity } from "../features/passkeys/passkey.entity.ts";
import { UsedChallengeEntity } from "../features/passkeys/used-challenge.entity.ts";
import { ProductEntity } from "../features/products/product.entity.ts";
import { MailedTokenEntity } from "../features/recovery/mailed-token.entity.ts";
import { RecoveryRequestEntity } from "../features/recovery/recovery-request.entity.ts";
import { StoreEntity } from "../features/stores/store.entity.ts";
import { SessionRowEntity } from "../sessions/session-row.entity.ts";
import { SettingEntity } from "./setting.entity.ts";

/** Everything that has a table. */
export const entities = [
  UserEntity,
  StoreEntity,
  ProductEntity,
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
