import { useEffect, useRef } from "react";

/**
 * Takes the focus to the first of the items that were asked for: the button that asked goes with the last page.
 * `selector` finds what can be focused of each item, in order.
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
