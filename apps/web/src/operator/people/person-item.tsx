import type { Person, StoreRef } from "@yumroad/contract";
import { useRef } from "react";
import { Link } from "react-router-dom";
import { formatDate } from "../../platform/lib/format.ts";
import classes from "../../platform/ui/action-item.module.css";
import { Badge } from "../../platform/ui/badge.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { useFocusCaught } from "../../platform/ui/use-focus-caught.ts";
import { peopleWords } from "../../words/people.ts";
import { PersonActions } from "./person-actions.tsx";

const words = peopleWords.list;

interface PersonItemProps {
  person: Person;
  storeLinkTo: (store: StoreRef) => string;
  onDone: (text: string, person: Person) => void;
}

export function PersonItem({ person, storeLinkTo, onDone }: PersonItemProps) {
  const { name, email, store, isOperator, isDisabled, createdAt } = person;
  // Focusable, as the first of the newly loaded items, and because "Disable" and "Enable" replace each other.
  const item = useRef<HTMLLIElement>(null);
  const focusEvents = useFocusCaught(item);
  return (
    <li ref={item} tabIndex={-1} className={classes.item} {...focusEvents}>
      <div className={classes.words}>
        <p className={classes.name}>
          {name}
          {isOperator && <Badge look="good">{words.operator}</Badge>}
          {isDisabled && <Badge>{words.disabled}</Badge>}
        </p>
        <p className={classes.line}>{email}</p>
        <p className={classes.line}>
          {store !== null && (
            <>
              <Link to={storeLinkTo(store)}>{store.name}</Link>
              {" · "}
            </>
          )}
          <Rich text={words.since} parts={{ date: <time dateTime={createdAt}>{formatDate(createdAt)}</time> }} />
        </p>
      </div>
      <PersonActions person={person} onDone={onDone} />
    </li>
  );
}
