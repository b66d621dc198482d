import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router-dom";
import { useArrival } from "../lib/arrival.ts";

interface PageHeadingProps {
  children: ReactNode;
  /** The title of the browser's tab; the heading's own text when that is plain text. */
  title?: string;
  /** Takes the focus in any case: it has come in place of what was pressed, without a navigation. */
  isAnswer?: boolean;
  className?: string | undefined;
}

/** The one `h1` of a page: titles the tab, and takes the focus when somebody has just come here. */
export function PageHeading({ children, title, isAnswer = false, className }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(heading, useLocation().pathname);
  useEffect(() => {
    if (isAnswer) heading.current?.focus({ preventScroll: true });
  }, [isAnswer]);
  const text = title ?? (typeof children === "string" ? children : null);
  return (
    <>
      <title>{text === null ? "Yumroad" : `${text} · Yumroad`}</title>
      <h1 ref={heading} tabIndex={-1} className={className}>
        {children}
      </h1>
    </>
  );
}
