import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { mailQueueEndpoints } from "./mail-queue.ts";
import { operatorPaymentEndpoints } from "./operator-payments.ts";
import { operatorWithdrawalEndpoints } from "./operator-withdrawals.ts";
import { page, SearchQuery } from "./paging.ts";
import { LiveSession } from "./sessions.ts";
import { shopSettingsEndpoints } from "./shop-settings.ts";
import { StoreRef } from "./store-ref.ts";
import { takeDownEndpoints } from "./take-down.ts";
import { Timestamp } from "./timestamp.ts";
import { TokenInput } from "./tokens.ts";

/** A person with an account, as the operator sees them. */
export const Person = z.strictObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  store: z.nullable(StoreRef),
  isOperator: z.boolean(),
  isDisabled: z.boolean(),
  createdAt: Timestamp,
});
export type Person = z.infer<typeof Person>;

export const PersonId = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)) });

/** Endpoints of those who run the shop. Every write requires a recent proof of identity (`fresh`). */
export const operatorEndpoints = {
  setUp: endpoint({
    method: "POST",
    path: "/api/operator/setup",
    access: "user",
    summary: "Become the shop owner with the link printed at the first start. The session gets a new id",
    body: TokenInput,
    success: { status: 200, body: LiveSession },
    problems: ["link_invalid", "deletion_pending", "rate_limited"],
  }),

  listPeople: endpoint({
    method: "GET",
    path: "/api/operator/people",
    access: "operator",
    summary: "Everyone with an account, newest first. `q` searches beginnings of emails",
    query: SearchQuery,
    success: { status: 200, body: page(Person) },
    problems: [],
  }),

  disablePerson: endpoint({
    method: "POST",
    path: "/api/operator/people/:id/disable",
    access: "operator",
    fresh: true,
    summary: "Disable an account. Its sessions end, and nobody can log in to it",
    params: PersonId,
    success: { status: 200, body: Person },
    problems: ["last_operator"],
  }),

  enablePerson: endpoint({
    method: "POST",
    path: "/api/operator/people/:id/enable",
    access: "operator",
    fresh: true,
    summary: "Enable a disabled account",
    params: PersonId,
    success: { status: 200, body: Person },
    problems: [],
  }),

  endSessions: endpoint({
    method: "POST",
    path: "/api/operator/people/:id/end-sessions",
    access: "operator",
    fresh: true,
    summary: "Log an account out everywhere. Its owner can log in again",
    params: PersonId,
    success: { status: 204, body: null },
    problems: [],
  }),

  ...shopSettingsEndpoints,
  ...mailQueueEndpoints,
  ...takeDownEndpoints,
  ...operatorPaymentEndpoints,
  ...operatorWithdrawalEndpoints,
};
