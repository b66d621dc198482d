import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { trayKeyOf } from "../lib/tray-key.ts";
import { useApp } from "./app-context.ts";

/**
 * The key of the mail tray, or null. It arrives in the fragment of the link that the server printed, which is never
 * sent to a server, and is removed from the address at once. This tab then keeps it, but replaces another key only
 * after the tray has opened with it (see `OutboxPage`), because any link may bring a wrong one.
 */
export function useTrayKey(): string | null {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const { trayKey } = useApp();
  const given = new URLSearchParams(hash.slice(1)).get("key");
  const givenKey = trayKeyOf(given);
  const [tried, setTried] = useState(givenKey);
  if (givenKey !== null && givenKey !== tried) setTried(givenKey);
  const key = givenKey ?? tried ?? trayKey.kept();
  useEffect(() => {
    if (key !== null && trayKey.kept() === null) trayKey.keep(key);
    if (given !== null) void navigate({ pathname, search }, { replace: true });
  }, [key, given, trayKey, pathname, search, navigate]);
  return key;
}
