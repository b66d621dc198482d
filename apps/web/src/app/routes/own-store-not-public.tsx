import { useQuery } from "@tanstack/react-query";
import { ownStoreQuery } from "../../catalog/stores/api.ts";
import { LinkButton } from "../../platform/ui/button.tsx";
import { ShelfDrawing } from "../../platform/ui/drawings.tsx";
import { Message } from "../../platform/ui/message.tsx";
import { PageHeading } from "../../platform/ui/page-heading.tsx";
import { EmptyState } from "../../platform/ui/states.tsx";
import { paths } from "../paths.ts";
import { LoadedPage } from "./loaded-page.tsx";
import { NotFoundPage } from "./not-found.tsx";
import classes from "./own-store-not-public.module.css";

/** The page of the user's own store if the public has none: it tells the owner why. */
export function OwnStoreNotPublic() {
  const own = useQuery(ownStoreQuery);
  return (
    <LoadedPage result={own} of="own store" loading="Loading your store" failed="Your store could not be loaded">
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
        <PageHeading>Your store was taken down</PageHeading>
        <Message>
          <strong>Taken down by the shop owner:</strong> {reason}
        </Message>
      </div>
      <EmptyState
        drawing={<ShelfDrawing />}
        text="Nobody else can see your store and its products. You can still change them."
        action={<LinkButton to={paths.ownProducts}>Your products</LinkButton>}
      />
    </>
  );
}
