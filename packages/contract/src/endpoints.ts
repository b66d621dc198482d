import { login, logout, session, signup } from "./accounts.ts";
import type { Endpoint } from "./endpoint.ts";
import { createProduct, getOwnProduct, getProduct, listOwnProducts, listProducts } from "./products.ts";
import { health, openapi, readiness } from "./service.ts";

/** Every endpoint there is, by the name that the server's routes, the client and the mocks know it by. */
export const endpoints = {
  signup,
  login,
  logout,
  session,
  listProducts,
  getProduct,
  createProduct,
  listOwnProducts,
  getOwnProduct,
  openapi,
  health,
  readiness,
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof endpoints;
