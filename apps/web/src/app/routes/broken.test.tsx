import { MantineProvider } from "@mantine/core";
import { act, render, screen, waitFor } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { expect, test, vi } from "vitest";
import { BrokenPage } from "./broken.tsx";

/** A page whose part could not be loaded while the browser was offline. */
async function openBroken() {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  const reload = vi.fn<() => void>();
  // The tests' browser can't load a page again.
  vi.stubGlobal("location", { href: window.location.href, origin: window.location.origin, reload });
  const lazy = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module"));
  const router = createMemoryRouter([
    { ErrorBoundary: BrokenPage, HydrateFallback: () => null, children: [{ path: "/", lazy }] },
  ]);
  render(
    <MantineProvider>
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  await screen.findByRole("heading", { level: 1, name: "You’re offline" });
  return {
    reload,
    reconnect() {
      online.mockReturnValue(true);
      act(() => void window.dispatchEvent(new Event("online")));
    },
  };
}

test("a page that could not be loaded offline is loaded once the server answers again", async () => {
  vi.spyOn(window, "fetch").mockResolvedValue(new Response(null));
  const { reload, reconnect } = await openBroken();
  expect(reload).not.toHaveBeenCalled();
  reconnect();
  await waitFor(() => expect(reload).toHaveBeenCalledOnce());
});

test("without an answer it stays, with a way to try again", async () => {
  const asked = vi.spyOn(window, "fetch").mockRejectedValue(new TypeError("Failed to fetch"));
  const { reload, reconnect } = await openBroken();
  reconnect();
  await waitFor(() => expect(asked).toHaveBeenCalledOnce());
  expect(await screen.findByRole("button", { name: "Reload" })).toBeVisible();
  expect(reload).not.toHaveBeenCalled();
});
