import { createContext, type RefObject, use, useEffect, useLayoutEffect } from "react";

/** Where the focus was before the page changed. */
export interface FocusMemory {
  /** The path of the last navigation; null after a page load. */
  lastPath: string | null;
  /** The focused element was removed without a replacement. */
  isFocusLost: boolean;
}

export function createFocusMemory(): FocusMemory {
  return { lastPath: null, isFocusLost: false };
}

/** Null outside of the app, where nothing is navigated. */
export const FocusMemoryContext = createContext<FocusMemory | null>(null);

/**
 * Focuses a page's heading after a navigation from another page, or when the focused element was replaced. It does not
 * do so on a page load, where the browser starts at the top, nor when only the query changes, as during a search.
 */
export function useFocusHeadingOnNavigate(heading: RefObject<HTMLElement | null>, pathname: string): void {
  useRestoreFocus(heading);
  const memory = use(FocusMemoryContext);
  useEffect(() => {
    if (memory === null) return;
    const isElsewhere = memory.lastPath !== null && memory.lastPath !== pathname;
    if (isElsewhere || memory.isFocusLost) heading.current?.focus({ preventScroll: true });
    memory.lastPath = pathname;
    memory.isFocusLost = false;
  }, [heading, pathname, memory]);
}

/** If this element has the focus when it is removed, the next heading takes it. */
export function useRestoreFocus(box: RefObject<HTMLElement | null>): void {
  const memory = use(FocusMemoryContext);
  useLayoutEffect(() => {
    const element = box.current;
    return () => {
      if (memory !== null && element?.contains(document.activeElement)) memory.isFocusLost = true;
    };
  }, [box, memory]);
}
