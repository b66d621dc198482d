/** The browser can show how one page becomes another, and its user wants to see that. */
export function canTransition(): boolean {
  return "startViewTransition" in document && !window.matchMedia("(prefers-reduced-motion:reduce)").matches;
}
