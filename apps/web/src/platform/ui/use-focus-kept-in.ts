import type { RefObject } from "react";
import { useFocusCaught } from "./use-focus-caught.ts";

/**
 * Moves the focus to the first field or button of a box when the focused element in it is removed, such as the button
 * that a form takes the place of. The returned handlers belong on the box.
 */
export function useFocusKeptIn(box: RefObject<HTMLElement | null>) {
  return useFocusCaught({
    get current() {
      return box.current?.querySelector<HTMLElement>("input,button") ?? null;
    },
  });
}
