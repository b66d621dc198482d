import { useEffect, useState } from "react";

/** True after `isOn` has been true for a while, so that short states do not flicker. */
export function useDelayed(isOn: boolean, delayMs = 300): boolean {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setLate(true), delayMs);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isOn, delayMs]);
  return isOn && isLate;
}
