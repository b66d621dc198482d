import { useCallback, useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";
import { mailedTokenOf } from "../platform/lib/mailed-token.ts";

/**
 * The token of the mailed link, or null. It arrives in the fragment, which is never sent to a server (R62), and is
 * removed from the address at once, because an address is copied, bookmarked and read over shoulders. It is then kept
 * in `history.state`, so that it survives a reload. The open page holds on to it in any case.
 */
export function useMailedToken(): string | null {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const given = mailedTokenOf(new URLSearchParams(hash.slice(1)).get("token"));
  useEffect(() => {
    if (given !== null) void navigate({ pathname, search }, { replace: true, state: mailedTokenState(given) });
  }, [given, pathname, search, navigate]);
  const current = given ?? mailedTokenOf((state as { token?: unknown } | null)?.token);
  const [held, setHeld] = useState(current);
  if (current !== null && current !== held) setHeld(current);
  return current ?? held;
}

/** Marks the link as used, so that it is not offered again after Back or a reload. */
export function useForgetMailedToken(): () => void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return useCallback(
    () => void navigate({ pathname, search }, { replace: true, state: null }),
    [navigate, pathname, search],
  );
}

/** The `history.state` of a page that is opened with a token. */
export function mailedTokenState(token: string) {
  return { token };
}
