import { isTooMuchMarkdown } from "@yumroad/contract";
import { Component, lazy, type ReactNode, Suspense, useDeferredValue } from "react";
import classes from "./late-markdown.module.css";

// If it can't be loaded, the plain text is shown.
const Markdown = lazy(() =>
  import("./markdown.tsx").then(
    (module) => ({ default: module.Markdown }),
    () => ({ default: Plain }),
  ),
);

/** Lazily loaded Markdown. Shows the plain text until then, or if loading fails. */
export function LateMarkdown({ text, headingLevel }: { text: string; headingLevel: 2 | 4 }) {
  // Input has priority; the preview may lag a moment.
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
  return (
    <p dir="auto" className={classes.plain}>
      {text}
    </p>
  );
}

/** Shows the plain text when the parser throws, so that no text can break the page. */
class Boundary extends Component<{ fallback: ReactNode; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };
  static getDerivedStateFromError() {
    return { hasFailed: true };
  }
  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
