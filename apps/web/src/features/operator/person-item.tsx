import type { Person, StoreRef } from "@yumroad/contract";
import { useRef } from "react";
import { Link } from "react-router-dom";
import { Badge } from "../../components/badge.tsx";
import { useFocusCaught } from "../../components/use-focus-caught.ts";
import { formatDate } from "../../lib/format.ts";
import { PersonActions } from "./person-actions.tsx";
import classes from "./person-item.module.css";

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
          {isOperator && <Badge look="good">Operator</Badge>}
          {isDisabled && <Badge>Disabled</Badge>}
        </p>
        <p className={classes.line}>{email}</p>
        <p className={classes.line}>
          {store !== null && (
            <>
              <Link to={storeLinkTo(store)}>{store.name}</Link>
              {" · "}
            </>
          )}
          Since <time dateTime={createdAt}>{formatDate(createdAt)}</time>
        </p>
      </div>
      <PersonActions person={person} onDone={onDone} />
    </li>
  );
}
