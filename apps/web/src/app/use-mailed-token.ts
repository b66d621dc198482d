import { MailedToken } from "@yumroad/contract";
import { useEffect } from "react";
import { useLocation, useNavigate } from "react-router-dom";

/**
 * The token of the mailed link that led here, or null if there is none to be had. It comes in the fragment, which no
 * server is ever sent (R62), and is taken out of the address at once: an address is copied, bookmarked and looked at
 * over shoulders. From then on it is kept beside the address, in `history.state`, and so survives a reload.
 */
export function useMailedToken(): string | null {
  const { pathname, search, hash, state } = useLocation();
  const navigate = useNavigate();
  const given = tokenOf(new URLSearchParams(hash.slice(1)).get("token"));
  useEffect(() => {
    if (given !== null) void navigate({ pathname, search }, { replace: true, state: mailedTokenState(given) });
  }, [given, pathname, search, navigate]);
  return given ?? tokenOf((state as { token?: unknown } | null)?.token);
}

/** What `history.state` holds for a page that is handed a token. */
export function mailedTokenState(token: string) {
  return { token };
}

function tokenOf(candidate: unknown): string | null {
  const token = MailedToken.safeParse(candidate);
  return token.success ? token.data : null;
}
