import { screen } from "@testing-library/react";

/** The page first tried, and the query of a link that leads back to it. */
export const TRIED = "/products/new?from=mail#price";
export const NEXT = new URLSearchParams({ next: TRIED });
/** Of a mailed link. */
export const TOKEN = "Zk3v-0Qd_9aTq7mB1xYw2A";
export const NEW_PASSWORD = "eleven mild tractors";

export function heading(name: string): Promise<HTMLElement> {
  return screen.findByRole("heading", { level: 1, name });
}
