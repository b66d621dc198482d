import type { ReactNode } from "react";
import { SheetPage } from "./sheet-page.tsx";

/** Where a mailed link leads that opens nothing any more. `children` say what to do instead. */
export function DeadLink({ children }: { children: ReactNode }) {
  return (
    <SheetPage key="dead" isAnswer title="This link is no longer good">
      <p>It was used already, a newer one has taken its place, or it is too old.</p>
      {children}
    </SheetPage>
  );
}
