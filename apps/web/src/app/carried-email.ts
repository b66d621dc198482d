import { type Dispatch, type SetStateAction, useState } from "react";
import { useLocation } from "react-router-dom";
import { wayBackStateOf } from "./paths.ts";

/** The email that was typed on the account page before, until another one is typed here. */
export function useCarriedEmail(): [email: string, setEmail: Dispatch<SetStateAction<string>>] {
  const { state } = useLocation();
  return useState(() => emailOf(state));
}

/**
 * The `history.state` of a link to another account page: the way back's, and the email typed here. An address would be
 * copied, kept and sent to the server.
 */
export function accountStateOf(state: unknown, email: string) {
  return { ...wayBackStateOf(state), ...(email !== "" && { email }) };
}

/** Parses `history.state`, which may hold anything. */
function emailOf(state: unknown): string {
  const { email } = (state ?? {}) as { email?: unknown };
  return typeof email === "string" ? email : "";
}
