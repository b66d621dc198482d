import type { ReactNode } from "react";
import { mailedLinkWords } from "../../words/mailed-links.ts";
import { CardLayout } from "./card-layout.tsx";

const words = mailedLinkWords.dead;

/** Shown for a mailed link that is no longer valid. `children` offer an alternative. */
export function DeadLink({ children }: { children: ReactNode }) {
  return (
    <CardLayout key="dead" isAnswer title={words.title}>
      <p>{words.text}</p>
      {children}
    </CardLayout>
  );
}
