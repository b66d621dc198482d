import type { Person } from "@yumroad/contract";
import classes from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { useDisablePerson, useEnablePerson, useEndSessions } from "./api.ts";

interface PersonActionsProps {
  person: Person;
  onDone: (text: string, person: Person) => void;
}

/** The buttons by which an operator changes a person's account, and the error of a change that failed. */
export function PersonActions({ person, onDone }: PersonActionsProps) {
  const { id, name, isDisabled } = person;
  const disablePerson = useDisablePerson(id);
  const enablePerson = useEnablePerson(id);
  const endSessions = useEndSessions(id);
  return (
    <>
      <div className={classes.actions}>
        {isDisabled ? (
          <Button
            size="sm"
            label={`Enable ${name}`}
            isBusy={enablePerson.isPending}
            onClick={() =>
              enablePerson.mutate(undefined, { onSuccess: () => onDone(`${name} can log in again`, person) })
            }
          >
            Enable
          </Button>
        ) : (
          <Disable
            name={name}
            isBusy={disablePerson.isPending}
            onConfirm={() =>
              disablePerson.mutate(undefined, { onSuccess: () => onDone(`${name} is disabled`, person) })
            }
          />
        )}
        <EndSessions
          name={name}
          isBusy={endSessions.isPending}
          onConfirm={() =>
            endSessions.mutate(undefined, { onSuccess: () => onDone(`All sessions of ${name} are over`, person) })
          }
        />
      </div>
      <div className={classes.problems}>
        <ActionProblem error={disablePerson.error} text={`${name} could not be disabled`} />
        <ActionProblem error={enablePerson.error} text={`${name} could not be enabled`} />
        <ActionProblem error={endSessions.error} text={`The sessions of ${name} could not be ended`} />
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
  const question = {
    title: `Disable ${name}?`,
    text: (
      <p>They can’t log in, all their sessions end, and nobody can buy their products. You can enable them again.</p>
    ),
    confirm: "Disable",
    cancel: "Keep",
  };
  return <ConfirmButton text="Disable…" label={`Disable… ${name}`} size="sm" question={question} {...action} />;
}

function EndSessions({ name, ...action }: ActionProps) {
  const question = {
    title: `End all sessions of ${name}?`,
    text: <p>They are logged out everywhere, and can log in again.</p>,
    confirm: "End them",
    cancel: "Keep them",
  };
  return (
    <ConfirmButton text="End sessions…" label={`End sessions… of ${name}`} size="sm" question={question} {...action} />
  );
}
