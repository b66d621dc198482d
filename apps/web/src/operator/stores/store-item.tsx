import type { ListedStore } from "@yumroad/contract";
import { useRef } from "react";
import { Link } from "react-router-dom";
import { formatDate } from "../../platform/lib/format.ts";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { storesWords } from "../../words/stores.ts";
import { usePutBackStore, useTakeDownStore } from "./api.ts";
import { TakeDownButton } from "./take-down-button.tsx";

const words = storesWords.list;

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
          {takenDownReason !== null && <Badge>{words.takenDown}</Badge>}
        </p>
        <p className={classes.line}>
          @{handle} · {ownerEmail}
        </p>
        <p className={classes.line}>
          <Rich
            text={words.facts(publishedProducts)}
            parts={{ date: <time dateTime={createdAt}>{formatDate(createdAt)}</time> }}
          />
        </p>
        {takenDownReason !== null && <p className={classes.line}>{words.reason(takenDownReason)}</p>}
      </div>
      <StoreActions store={store} onDone={onDone} />
    </li>
  );
}

function StoreActions({ store: { handle, name, takenDownReason }, onDone }: Omit<StoreItemProps, "linkTo">) {
  const { takeDown: takeDownWords, putBack: putBackWords } = storesWords;
  const takeDown = useTakeDownStore(handle);
  const putBack = usePutBackStore(handle);
  return (
    <>
      <div className={classes.actions}>
        {takenDownReason === null ? (
          <TakeDownButton
            label={takeDownWords.askName(name)}
            question={{ title: takeDownWords.title(name), text: takeDownWords.storeText }}
            isBusy={takeDown.isPending}
            onConfirm={(reason) => takeDown.mutate(reason, { onSuccess: () => onDone(takeDownWords.done(name)) })}
          />
        ) : (
          <Button
            size="sm"
            label={putBackWords.putBackName(name)}
            isBusy={putBack.isPending}
            onClick={() => putBack.mutate(undefined, { onSuccess: () => onDone(putBackWords.done(name)) })}
          >
            {putBackWords.putBack}
          </Button>
        )}
      </div>
      <div className={classes.problems}>
        <ActionProblem error={takeDown.error} text={takeDownWords.failed(name)} />
        <ActionProblem error={putBack.error} text={putBackWords.failed(name)} />
      </div>
    </>
  );
}
