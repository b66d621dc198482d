import type { User } from "@yumroad/contract";
import type { ReactNode } from "react";
import { SidePage } from "../../platform/ui/side-page.tsx";
import { useSession } from "../../session/session-query.ts";
import { useMaySell } from "../../shop/api.ts";
import { workPageWords as words } from "../../words/work-pages.ts";
import { paths } from "../paths.ts";
import { workLinks } from "../work-links.ts";

/** The frame of the pages on which somebody sells, runs the shop or looks at their purchases. */
export function WorkPage({ children }: { children: ReactNode }) {
  const user = useSession().data?.user;
  // The guard ensures a user; this narrows the type.
  return user ? <Framed user={user}>{children}</Framed> : null;
}

function Framed({ user, children }: { user: User; children: ReactNode }) {
  const maySell = useMaySell(user) !== false;
  // The pages have a button for a new product.
  const groups = workLinks(user, { maySell }).map(({ links, ...group }) => ({
    ...group,
    links: links.filter(({ to }) => to !== paths.newProduct),
  }));
  return (
    <SidePage label={words.label} groups={groups} isInMenu>
      {children}
    </SidePage>
  );
}
