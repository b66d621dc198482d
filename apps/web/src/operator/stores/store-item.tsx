import type { ListedStore } from "@yumroad/contract";
import { useRef } from "react";
import { Link } from "react-router-dom";
import { formatDate } from "../../platform/lib/format.ts";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { usePutBackStore, useTakeDownStore } from "./api.ts";
import { TakeDownButton } from "./take-down-button.tsx";

interface StoreItemProps {
  store: ListedStore;
  linkTo: string;
  onDone: (text: string) => void;
}

export function StoreItem({ store, linkTo, onDone }: StoreItemProps) {
  const { handle, name, ownerEmail, publishedProducts, takenDownReason, createdAt } = store;
  // Focusable, as the first of the newly loaded items, and because "Take down" and "Put back" replace each other.
  const item = useRef<HTMLLIElement>(null);
  const focusEvents = useFocusCaught(item);
  return (
    <li ref={item} tabIndex={-1} className={classes.item} {...focusEvents}>
      <div className={classes.words}>
        <p className={classes.name}>
          {/* The page of a store that is taken down is not there. */}
          {takenDownReason === null ? <Link to={linkTo}>{name}</Link> : name}
          {takenDownReason !== null && <Badge>Taken down</Badge>}
        </p>
        <p className={classes.line}>
          @{handle} · {ownerEmail}
        </p>
        <p className={classes.line}>
          {publishedProducts} published {publishedProducts === 1 ? "product" : "products"} · Since{" "}
          <time dateTime={createdAt}>{formatDate(createdAt)}</time>
        </p>
        {takenDownReason !== null && <p className={classes.line}>Reason: {takenDownReason}</p>}
      </div>
      <StoreActions store={store} onDone={onDone} />
    </li>
  );
}

function StoreActions({ store: { handle, name, takenDownReason }, onDone }: Omit<StoreItemProps, "linkTo">) {
  const takeDown = useTakeDownStore(handle);
  const putBack = usePutBackStore(handle);
  return (
    <>
      <div className={classes.actions}>
        {takenDownReason === null ? (
          <TakeDownButton
            label={`Take down… ${name}`}
            question={{
              title: `Take down ${name}?`,
              text: "Its page and its products disappear from the shop, and its owner is emailed. You can put it back.",
            }}
            isBusy={takeDown.isPending}
            onConfirm={(reason) => takeDown.mutate(reason, { onSuccess: () => onDone(`${name} is taken down`) })}
          />
        ) : (
          <Button
            size="sm"
            label={`Put back ${name}`}
            isBusy={putBack.isPending}
            onClick={() => putBack.mutate(undefined, { onSuccess: () => onDone(`${name} is back`) })}
          >
            Put back
          </Button>
        )}
      </div>
      <div className={classes.problems}>
        <ActionProblem error={takeDown.error} text={`${name} could not be taken down`} />
        <ActionProblem error={putBack.error} text={`${name} could not be put back`} />
      </div>
    </>
  );
}
