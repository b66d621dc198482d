import { Component, lazy, type ReactNode, Suspense, useDeferredValue } from "react";
import classes from "./late-markdown.module.css";
import { isTooMuchMarkdown } from "./markdown-bounds.ts";

// If it can't be loaded, the text as it was written will do.
const Markdown = lazy(() =>
  import("./markdown.tsx").then(
    (module) => ({ default: module.Markdown }),
    () => ({ default: Plain }),
  ),
);

/** Markdown, whose machinery is loaded when there is some to show. Until then, and if it fails, the text as it is. */
export function LateMarkdown({ text, headingLevel }: { text: string; headingLevel: 2 | 4 }) {
  // Typing comes first; the preview may be a moment behind.
  const shown = useDeferredValue(text);
  const plain = <Plain text={shown} />;
  if (isTooMuchMarkdown(shown)) return plain;
  return (
    <Boundary key={shown} fallback={plain}>
      <Suspense fallback={plain}>
        <Markdown text={shown} headingLevel={headingLevel} />
      </Suspense>
    </Boundary>
  );
}

function Plain({ text }: { text: string }) {
  return <p className={classes.plain}>{text}</p>;
}

/** Whatever else somebody thinks up that the parser chokes on: it must not take the page along. */
class Boundary extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }
  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
