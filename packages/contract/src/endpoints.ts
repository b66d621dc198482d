import { account, changePassword, changeProfile, login, logout, reauthenticate, session, signup } from "./accounts.ts";
import { listActivity } from "./activity.ts";
import type { Endpoint } from "./endpoint.ts";
import { beginTotp, confirmTotp, factors, removeTotp, renewRecoveryCodes, secondFactor } from "./factors.ts";
import { getOutboxMail, listOutbox } from "./outbox.ts";
import { exportData, requestDeletion, undoDeletion } from "./own-data.ts";
import {
  addPasskey,
  listPasskeys,
  passkeyCreationOptions,
  passkeyLogin,
  passkeyLoginOptions,
  passkeyReauthenticate,
  removePasskey,
} from "./passkeys.ts";
import {
  createProduct,
  deleteProduct,
  getOwnProduct,
  getProduct,
  listOwnProducts,
  listProducts,
  updateProduct,
} from "./products.ts";
import {
  cancelEmailChange,
  changeEmail,
  disownAccount,
  forgotPassword,
  reportUnknownLogin,
  resendVerification,
  resetPassword,
  undoEmailChange,
  unlockBrowser,
  verifyEmail,
} from "./recovery.ts";
import { health, openapi, readiness } from "./service.ts";
import { endOtherSessions, endSession, listSessions } from "./sessions.ts";
import { getSite } from "./site.ts";
import { getStore } from "./stores.ts";

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
