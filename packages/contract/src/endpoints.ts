import { account, changeProfile, disownAccount } from "./account.ts";
import { listActivity } from "./activity.ts";
import { login, logout, reauthenticate, reportUnknownLogin, signup, unlockBrowser } from "./auth.ts";
import { cancelEmailChange, changeEmail, resendVerification, undoEmailChange, verifyEmail } from "./email.ts";
import type { Endpoint } from "./endpoint.ts";
import { health, readiness } from "./health.ts";
import { getOutboxMail, listOutbox } from "./mail.ts";
import { openapi } from "./openapi.ts";
import {
  addPasskey,
  listPasskeys,
  passkeyCreationOptions,
  passkeyLogin,
  passkeyLoginOptions,
  passkeyReauthenticate,
  removePasskey,
} from "./passkeys.ts";
import { changePassword, forgotPassword, resetPassword } from "./password.ts";
import { exportData, requestDeletion, undoDeletion } from "./privacy.ts";
import {
  createProduct,
  deleteProduct,
  getOwnProduct,
  getProduct,
  listOwnProducts,
  listProducts,
  updateProduct,
} from "./products.ts";
import { endOtherSessions, endSession, listSessions, session } from "./sessions.ts";
import { getSite } from "./shop.ts";
import { getStore } from "./stores.ts";
import { beginTotp, confirmTotp, factors, removeTotp, renewRecoveryCodes, secondFactor } from "./two-factor.ts";

/** Every endpoint there is, by the name that the server's routes, the client and the mocks know it by. */
export const endpoints = {
  signup,
  login,
  logout,
  session,
  secondFactor,
  passkeyLoginOptions,
  passkeyLogin,
  forgotPassword,
  resetPassword,
  verifyEmail,
  disownAccount,
  undoEmailChange,
  reportUnknownLogin,
  unlockBrowser,
  account,
  changeProfile,
  changePassword,
  reauthenticate,
  passkeyReauthenticate,
  resendVerification,
  changeEmail,
  cancelEmailChange,
  listSessions,
  endSession,
  endOtherSessions,
  factors,
  beginTotp,
  confirmTotp,
  removeTotp,
  renewRecoveryCodes,
  listPasskeys,
  passkeyCreationOptions,
  addPasskey,
  removePasskey,
  listActivity,
  exportData,
  requestDeletion,
  undoDeletion,
  listProducts,
  getProduct,
  createProduct,
  updateProduct,
  deleteProduct,
  listOwnProducts,
  getOwnProduct,
  getStore,
  getSite,
  listOutbox,
  getOutboxMail,
  openapi,
  health,
  readiness,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
