import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";

/**
 * The key in the fragment of a link that the server printed or mailed (`#key=…`), or null. Browsers send a fragment to no server.
 * The key is removed from the address at once; the open page holds on to it.
 *
 * @param keyOf Returns the text if it has the form of a key, otherwise null.
 * @param name The key's name in the fragment.
 */
export function useKeyInFragment(
  keyOf: (candidate: string | null) => string | null,
  name: "key" | "undo" = "key",
): string | null {
  const { pathname, search, hash } = useLocation();
  const navigate = useNavigate();
  const given = new URLSearchParams(hash.slice(1)).get(name);
  const givenKey = keyOf(given);
  const [held, setHeld] = useState(givenKey);
  if (givenKey !== null && givenKey !== held) setHeld(givenKey);
  useEffect(() => {
    if (given !== null) void navigate({ pathname, search }, { replace: true });
  }, [given, pathname, search, navigate]);
  return givenKey ?? held;
}
