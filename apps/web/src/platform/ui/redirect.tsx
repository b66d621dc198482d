import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router-dom";

/**
 * Redirects once and replaces the history entry. (react-router's `Navigate` redirects again whenever its `state` is a
 * new object, so at every render while the next page loads.)
 */
export function Redirect({ to, state = null }: { to: string; state?: unknown }) {
  const navigate = useNavigate();
  const { key } = useLocation();
  // Once per navigation instead of once per instance: React keeps the instance when two pages with the same guard
  // follow one another.
  const leaving = useRef<string>(null);
  useEffect(() => {
    if (leaving.current === key) return;
    leaving.current = key;
    void navigate(to, { replace: true, state });
  }, [navigate, key, to, state]);
  return null;
}
