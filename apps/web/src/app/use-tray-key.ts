import { OutboxKey } from "@yumroad/contract";
import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { readTab, writeTab } from "../lib/tab-storage.ts";

const KEPT_AS = "yumroad:outbox-key";

/**
 * The key of the mail tray, or null if this tab has none. It comes in the fragment of the link that the server printed,
 * which no server is ever sent, and is taken out of the address at once. From then on this tab keeps it.
 */
export function useTrayKey(): string | null {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const given = new URLSearchParams(hash.slice(1)).get("key");
  useEffect(() => {
    if (given === null) return;
    const key = keyOf(given);
    if (key !== null) writeTab(KEPT_AS, key);
    void navigate({ pathname, search }, { replace: true });
  }, [given, pathname, search, navigate]);
  return keyOf(given) ?? keyOf(readTab(KEPT_AS));
}

function keyOf(candidate: unknown): string | null {
  const key = OutboxKey.safeParse(candidate);
  return key.success ? key.data : null;
}
