import type { ReactNode } from "react";
import { SheetPage } from "./sheet-page.tsx";

/** Shown for a mailed link that is no longer valid. `children` offer an alternative. */
export function DeadLink({ children }: { children: ReactNode }) {
  return (
    <SheetPage key="dead" isAnswer title="This link is no longer good">
      <p>It was used already, a newer one has taken its place, or it is too old.</p>
      {children}
    </SheetPage>
  );
}
