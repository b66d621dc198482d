import { joinTabs, type TabMessage } from "./tab-sync.ts";

interface Listeners {
  onTabMessage(message: TabMessage): void;
  /** This tab has come to the front. */
  onReturn(): void;
  /** The page comes out of the back/forward cache. It stays hidden until the promise is settled (R37). */
  onRestore(): Promise<void>;
}

/** Listens to other tabs and to this one. Returns functions to tell the other tabs, and to stop. */
export function listen({ onTabMessage, onReturn, onRestore }: Listeners) {
  const tabs = joinTabs(onTabMessage);
  const onVisible = () => {
    if (document.visibilityState === "visible") onReturn();
  };
  async function restore(event: PageTransitionEvent) {
    if (!event.persisted) return;
    document.body.hidden = true;
    await onRestore().finally(() => {
      document.body.hidden = false;
    });
  }
  const onPageShow = (event: PageTransitionEvent) => void restore(event);
  window.addEventListener("focus", onVisible);
  document.addEventListener("visibilitychange", onVisible);
  window.addEventListener("pageshow", onPageShow);
  return {
    tell: (type: TabMessage["type"]) => tabs.tell({ type }),
    stop() {
      tabs.close();
      window.removeEventListener("focus", onVisible);
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("pageshow", onPageShow);
    },
  };
}
