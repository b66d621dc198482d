import { useQuery } from "@tanstack/react-query";
import { ownStoreQuery } from "../../catalog/stores/api.ts";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { storePageWords } from "../../words/store-page.ts";
import { paths } from "../paths.ts";
import { LoadedPage } from "./loaded-page.tsx";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./own-store-not-public.module.css";

const words = storePageWords.takenDown;

/** The page of the user's own store if the public has none: it tells the owner why. */
export function OwnStoreNotPublic() {
  const own = useQuery(ownStoreQuery);
  return (
    <LoadedPage result={own} of="own-store" loading={words.loading} failed={words.failed}>
      {({ takenDownReason }) =>
        takenDownReason === null ? <NotFoundPage /> : <TakenDownStore reason={takenDownReason} />
      }
    </LoadedPage>
  );
}

function TakenDownStore({ reason }: { reason: string }) {
  return (
    <>
      <div className={classes.head}>
        <PageHeading>{words.title}</PageHeading>
        <Message>
          <Rich text={words.reason} parts={{ b: (text) => <strong>{text}</strong>, reason }} />
        </Message>
      </div>
      <EmptyState
        drawing={<ShelfDrawing />}
        text={words.text}
        action={<LinkButton to={paths.ownProducts}>{words.ownProducts}</LinkButton>}
      />
    </>
  );
}
