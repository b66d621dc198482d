import { useEffect, useState } from "react";
import { setupKeyOf } from "../platform/lib/setup-key.ts";
import { useApp } from "./app-context.ts";
import { useKeyInFragment } from "./use-key-in-fragment.ts";

/**
 * The key of the setup link, or null. This tab keeps it, so that it is still there after a signup or login. The open
 * page holds on to it in any case.
 */
export function useSetupKey(): string | null {
  const { setupKey } = useApp();
  const given = useKeyInFragment(setupKeyOf);
  const [kept] = useState(() => setupKey.kept());
  useEffect(() => {
    if (given !== null) setupKey.keep(given);
  }, [given, setupKey]);
  return given ?? kept;
}
