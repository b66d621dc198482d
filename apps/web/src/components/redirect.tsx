import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router-dom";

/**
 * Goes elsewhere, once, in place of this history entry. (react-router's own `Navigate` goes again whenever its `state`
 * is a new object, so at every render while the next page loads.)
 */
export function Redirect({ to, state = null }: { to: string; state?: unknown }) {
  const navigate = useNavigate();
  const { key } = useLocation();
  // Once for each time somebody comes here, not for each instance: React keeps the instance when two pages with the
  // same guard follow one another.
  const leaving = useRef<string>(null);
  useEffect(() => {
    if (leaving.current === key) return;
    leaving.current = key;
    void navigate(to, { replace: true, state });
  }, [navigate, key, to, state]);
  return null;
}
