import { type RefObject, useEffect, useLayoutEffect } from "react";

// The path that was come to last; null as long as the app has only been loaded.
let lastPath: string | null = null;
// What had the focus has gone, with nothing in its place.
let isFocusLost = false;

/** The app has just been loaded: nobody has come from anywhere. */
export function beginArrivals(): void {
  lastPath = null;
  isFocusLost = false;
}

/**
 * Gives the heading of a page the focus when somebody comes from another page, or when what had the focus here was
 * replaced. Not when the page is loaded: the browser begins at the top then. And not while the rest of the address
 * changes, as it does while somebody types into a search.
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

/** If this has the focus when it goes away, the next heading takes it. */
export function useFocusHandedOn(box: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (element?.contains(document.activeElement)) isFocusLost = true;
    };
  }, [box]);
}
