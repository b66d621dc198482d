import { screen } from "@testing-library/react";
import { type App, openLoggedIn } from "./render-app.tsx";

/** The app on the security settings, whose parts are there: they come a moment after the heading, all together. */
export async function openSecurity(): Promise<App> {
  const app = await openLoggedIn("/settings/security");
  await screen.findByRole("button", { name: "Change your password" });
  return app;
}
