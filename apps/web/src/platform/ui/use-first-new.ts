import { useEffect, useRef } from "react";

/**
 * Moves the focus to the first of the newly loaded items, because the button that loaded them disappears with the last
 * page. `selector` finds the focusable element of each item, in order.
 */
export function useFirstNew<E extends HTMLElement>(count: number, selector: string) {
  const list = useRef<E>(null);
  const next = useRef<number>(null);
  useEffect(() => {
    if (next.current === null || count <= next.current) return;
    list.current?.querySelectorAll<HTMLElement>(selector)[next.current]?.focus();
    next.current = null;
  }, [count, selector]);
  return {
    list,
    goToNext() {
      next.current = count;
    },
  };
}
