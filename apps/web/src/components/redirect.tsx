import { useEffect, useRef } from "react";
import { useNavigate } from "react-router-dom";

/**
 * Goes elsewhere, once, in place of this history entry. (react-router's own `Navigate` goes again whenever its `state`
 * is a new object, so at every render while the next page loads.)
 */
export function Redirect({ to, state = null }: { to: string; state?: unknown }) {
  const navigate = useNavigate();
  const isUnderWay = useRef(false);
  useEffect(() => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    void navigate(to, { replace: true, state });
  }, [navigate, to, state]);
  return null;
}
