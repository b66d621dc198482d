import { login, logout, session, signup } from "./accounts.ts";
import type { Endpoint } from "./endpoint.ts";
import {
  createProduct,
  deleteProduct,
  getOwnProduct,
  getProduct,
  listOwnProducts,
  listProducts,
  updateProduct,
} from "./products.ts";
import { health, openapi, readiness } from "./service.ts";
import { getStore } from "./stores.ts";

/** Every endpoint there is, by the name that the server's routes, the client and the mocks know it by. */
export const endpoints = {
  signup,
  login,
  logout,
  session,
  listProducts,
  getProduct,
  createProduct,
  updateProduct,
  deleteProduct,
  listOwnProducts,
  getOwnProduct,
  getStore,
  openapi,
  health,
  readiness,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
