import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { setupKeyOf } from "../lib/setup-key.ts";
import { useApp } from "./app-context.ts";

/**
 * The key of the setup link, or null. It arrives in the fragment of the link that the server printed, which is never
 * sent to a server, and is removed from the address at once. This tab then keeps it, so that it is still there after a
 * signup or login. The open page holds on to it in any case.
 */
export function useSetupKey(): string | null {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const { setupKey } = useApp();
  const given = new URLSearchParams(hash.slice(1)).get("key");
  const givenKey = setupKeyOf(given);
  const [held, setHeld] = useState(() => givenKey ?? setupKey.kept());
  if (givenKey !== null && givenKey !== held) setHeld(givenKey);
  useEffect(() => {
    if (givenKey !== null) setupKey.keep(givenKey);
    if (given !== null) void navigate({ pathname, search }, { replace: true });
  }, [given, givenKey, setupKey, pathname, search, navigate]);
  return givenKey ?? held;
}
