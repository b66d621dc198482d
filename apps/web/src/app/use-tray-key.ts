import { useEffect } from "react";
import { trayKeyOf } from "../platform/lib/tray-key.ts";
import { useApp } from "./app-context.ts";
import { useKeyInFragment } from "./use-key-in-fragment.ts";

/**
 * The key of the mail tray, or null. This tab keeps the key of the link, but replaces another key only after the tray
 * has opened with it (see `OutboxPage`), because any link may bring a wrong one.
 */
export function useTrayKey(): string | null {
  const { trayKey } = useApp();
  const given = useKeyInFragment(trayKeyOf);
  const key = given ?? trayKey.kept();
  useEffect(() => {
    if (key !== null && trayKey.kept() === null) trayKey.keep(key);
  }, [key, trayKey]);
  return key;
}
