import { MailedToken } from "@yumroad/contract";
import { useCallback, useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router-dom";

/**
 * The token of the mailed link that led here, or null if there is none to be had. It comes in the fragment, which no
 * server is ever sent (R62), and is taken out of the address at once: an address is copied, bookmarked and looked at
 * over shoulders. From then on it is kept beside the address, in `history.state`, and so survives a reload. The page
 * that is open holds on to it, whatever becomes of that.
 */
export function useMailedToken(): string | null {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const given = tokenOf(new URLSearchParams(hash.slice(1)).get("token"));
  useEffect(() => {
    if (given !== null) void navigate({ pathname, search }, { replace: true, state: mailedTokenState(given) });
  }, [given, pathname, search, navigate]);
  const current = given ?? tokenOf((state as { token?: unknown } | null)?.token);
  const [held, setHeld] = useState(current);
  if (current !== null && current !== held) setHeld(current);
  return current ?? held;
}

/** The link is used up: whoever comes back to the page, or loads it again, is not offered it as if it were not. */
export function useForgetMailedToken(): () => void {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  return useCallback(
    () => void navigate({ pathname, search }, { replace: true, state: null }),
    [navigate, pathname, search],
  );
}

/** What `history.state` holds for a page that is handed a token. */
export function mailedTokenState(token: string) {
  return { token };
}

function tokenOf(candidate: unknown): string | null {
  const token = MailedToken.safeParse(candidate);
  return token.success ? token.data : null;
}
