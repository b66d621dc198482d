import { type RefObject, useEffect, useRef } from "react";

/**
 * Moves the focus to `to` when the focused element inside a box is removed, such as the button of a deleted item. The
 * returned handlers belong on the box.
 */
export function useFocusCaught(to: RefObject<HTMLElement | null>) {
  const hasFocus = useRef(false);
  useEffect(() => {
    // There is no event when a focused element is removed; the focus falls to the body.
    if (hasFocus.current && document.activeElement === document.body) to.current?.focus();
  });
  return {
    onFocus() {
      hasFocus.current = true;
    },
    onBlur() {
      hasFocus.current = false;
    },
  };
}
