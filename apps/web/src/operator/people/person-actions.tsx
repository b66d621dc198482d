import type { Person } from "@yumroad/contract";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { peopleWords } from "../../words/people.ts";
import { useDisablePerson, useEnablePerson, useEndSessions } from "./api.ts";

interface PersonActionsProps {
  person: Person;
  onDone: (text: string, person: Person) => void;
}

/** The buttons by which an operator changes a person's account, and the error of a change that failed. */
export function PersonActions({ person, onDone }: PersonActionsProps) {
  const { id, name, isDisabled } = person;
  const { enable, disable, logOut } = peopleWords;
  const disablePerson = useDisablePerson(id);
  const enablePerson = useEnablePerson(id);
  const endSessions = useEndSessions(id);
  return (
    <>
      <div className={classes.actions}>
        {isDisabled ? (
          <Button
            size="sm"
            label={enable.enableName(name)}
            isBusy={enablePerson.isPending}
            onClick={() => enablePerson.mutate(undefined, { onSuccess: () => onDone(enable.done(name), person) })}
          >
            {enable.enable}
          </Button>
        ) : (
          <Disable
            name={name}
            isBusy={disablePerson.isPending}
            onConfirm={() => disablePerson.mutate(undefined, { onSuccess: () => onDone(disable.done(name), person) })}
          />
        )}
        <EndSessions
          name={name}
          isBusy={endSessions.isPending}
          onConfirm={() => endSessions.mutate(undefined, { onSuccess: () => onDone(logOut.done(name), person) })}
        />
      </div>
      <div className={classes.problems}>
        <ActionProblem error={disablePerson.error} text={disable.failed(name)} />
        <ActionProblem error={enablePerson.error} text={enable.failed(name)} />
        <ActionProblem error={endSessions.error} text={logOut.failed(name)} />
      </div>
    </>
  );
}

interface ActionProps {
  name: string;
  isBusy: boolean;
  onConfirm: () => void;
}

function Disable({ name, ...action }: ActionProps) {
  const { ask, askName, title, text, confirm, cancel } = peopleWords.disable;
  const question = { title: title(name), text: <p>{text}</p>, confirm, cancel };
  return <ConfirmButton text={ask} label={askName(name)} size="sm" question={question} {...action} />;
}

function EndSessions({ name, ...action }: ActionProps) {
  const { ask, askName, title, text, confirm, cancel } = peopleWords.logOut;
  const question = { title: title(name), text: <p>{text}</p>, confirm, cancel };
  return <ConfirmButton text={ask} label={askName(name)} size="sm" question={question} {...action} />;
}
