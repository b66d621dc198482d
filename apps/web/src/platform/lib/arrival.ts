import { type RefObject, useEffect, useLayoutEffect } from "react";

// The path of the last navigation; null after a page load.
let lastPath: string | null = null;
// The focused element was removed without a replacement.
let isFocusLost = false;

/** Resets the state after a page load. */
export function beginArrivals(): void {
  lastPath = null;
  isFocusLost = false;
}

/**
 * Focuses a page's heading after a navigation from another page, or when the focused element was replaced. It does not
 * do so on a page load, where the browser starts at the top, nor when only the query changes, as during a search.
 */
export function useArrival(heading: RefObject<HTMLElement | null>, pathname: string): void {
  useFocusHandedOn(heading);
  useEffect(() => {
    const isElsewhere = lastPath !== null && lastPath !== pathname;
    if (isElsewhere || isFocusLost) heading.current?.focus({ preventScroll: true });
    lastPath = pathname;
    isFocusLost = false;
  }, [heading, pathname]);
}

/** If this element has the focus when it is removed, the next heading takes it. */
export function useFocusHandedOn(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element?.contains(document.activeElement)) isFocusLost = true;
    };
  }, [box]);
}
