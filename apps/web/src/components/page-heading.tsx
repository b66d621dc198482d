import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router-dom";

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
  const { key, pathname } = useLocation();
  // Where the app was opened the focus is left alone, also if the address loses its query or fragment there.
  const openedAt = useRef(key === "default" ? pathname : null);
  // Another path is another page, even with the same heading.
  useEffect(() => {
    if (openedAt.current === pathname && !isAnswer) return;
    openedAt.current = null;
    heading.current?.focus({ preventScroll: true });
  }, [pathname, isAnswer]);
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
