import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router-dom";
import { useFocusHeadingOnNavigate } from "../lib/focus-heading.ts";
import { useTitle } from "../lib/shop-name.ts";

interface PageHeadingProps {
  children: ReactNode;
  /** Title of the browser tab; by default the heading's own plain text. Null: the shop's name alone. */
  title?: string | null;
  /** Always takes the focus, because the page replaced the pressed element without a navigation. */
  isAnswer?: boolean;
  className?: string | undefined;
}

/** The only `h1` of a page: sets the tab's title, and takes the focus after a navigation. */
export function PageHeading({ children, title: ownTitle, isAnswer = false, className }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useFocusHeadingOnNavigate(heading, useLocation().pathname);
  useEffect(() => {
    if (isAnswer) heading.current?.focus({ preventScroll: true });
  }, [isAnswer]);
  const title = useTitle(ownTitle === undefined && typeof children === "string" ? children : (ownTitle ?? null));
  return (
    <>
      <title>{title}</title>
      <h1 ref={heading} tabIndex={-1} dir="auto" className={className}>
        {children}
      </h1>
    </>
  );
}
