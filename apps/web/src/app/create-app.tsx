import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router-dom";
import type { UploadQueue } from "../catalog/uploads/upload-queue.ts";
import { createFocusMemory, FocusMemoryContext } from "../platform/lib/focus-heading.ts";
import { createNotices } from "../platform/lib/notices.ts";
import { createOnce } from "../platform/lib/once.ts";
import { createQueryClient } from "../platform/lib/query-client.ts";
import { createServerClock, ServerTimeContext } from "../platform/lib/server-clock.ts";
import { createSetupKey } from "../platform/lib/setup-key.ts";
import { createTrayKey } from "../platform/lib/tray-key.ts";
import { createUnsaved, UnsavedContext } from "../platform/lib/unsaved.ts";
import { createSessionKeeper, type SessionKeeper } from "../session/session-keeper.ts";
import { createTransport } from "../session/transport.ts";
import { AppContext } from "./app-context.ts";
import { createCarriedEmail } from "./carried-email.ts";
import { needsLogIn, pageAt } from "./pages.ts";
import { accountPath, paths, type WayBackState } from "./paths.ts";
import { createRouter } from "./router.tsx";
import { ShopName } from "./shop-name.tsx";
import { theme } from "./theme.ts";

/** Assembles the app. Objects with a lifetime are made here and end with `stop()`. */
export function createApp({ clock = createServerClock() } = {}) {
  const notices = createNotices();
  const unsaved = createUnsaved();
  const uploadQueue = createOnce<UploadQueue>();
  const trayKey = createTrayKey();
  const setupKey = createSetupKey();
  const router = createRouter();
  const focusMemory = createFocusMemory();
  const transport = createTransport({ clock, onUnauthenticated: () => keeper.revalidateSession() });
  const carriedEmail = createCarriedEmail(transport.epochs);
  const queryClient: QueryClient = createQueryClient({
    exchange: transport.exchange,
    onUnauthenticated: () => keeper.expire(),
  });
  const keeper: SessionKeeper = createSessionKeeper({
    queryClient,
    transport,
    clock,
    notices,
    unsaved,
    keys: [trayKey, setupKey],
    page: {
      isProtected: () => {
        const page = pageAt(router.state.location.pathname);
        return page !== null && needsLogIn(page);
      },
      // Renders before it resolves, so that no guard is on the screen when the session goes. The router applies
      // `flushSync` only to a page that is loaded already: the first call loads it, the second one renders it.
      goToLogIn: async (stashedFor) => {
        const { pathname, search, hash } = router.state.location;
        const state: WayBackState = { reason: "expired", stashedFor };
        await router.navigate(accountPath(paths.logIn, `${pathname}${search}${hash}`), { state });
      },
      goHome: async () => {
        await router.navigate(paths.home, { replace: true });
        await router.navigate(paths.home, { replace: true, flushSync: true });
      },
    },
  });
  const stopKeeping = keeper.start();

  return {
    router,
    queryClient,
    element: (
      <MantineProvider theme={theme} withCssVariables={false} defaultColorScheme="auto" getStyleNonce={styleNonce}>
        <QueryClientProvider client={queryClient}>
          <AppContext value={{ keeper, transport, notices, unsaved, carriedEmail, trayKey, setupKey, uploadQueue }}>
            <UnsavedContext value={unsaved}>
              <ServerTimeContext value={clock.now}>
                <FocusMemoryContext value={focusMemory}>
                  <ShopName>
                    <RouterProvider router={router} />
                  </ShopName>
                </FocusMemoryContext>
              </ServerTimeContext>
            </UnsavedContext>
          </AppContext>
        </QueryClientProvider>
      </MantineProvider>
    ),
    stop() {
      stopKeeping();
      router.dispose();
      queryClient.clear();
    },
  };
}

/** The nonce that the server allows the app's styles by; Vite writes it into the page. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
}
