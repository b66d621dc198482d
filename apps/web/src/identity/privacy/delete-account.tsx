import { useQuery } from "@tanstack/react-query";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { ownDataWords } from "../../words/own-data.ts";
import { accountQuery } from "../users/api.ts";
import { useRequestDeletion, useUndoDeletion } from "./api.ts";

const words = ownDataWords.deletion;

interface DeleteAccountProps {
  /** Called when all sessions have ended; until `deletionAt` a login can undo the deletion. */
  onAsked: (deletionAt: string) => void;
  onUndone: () => void;
}

/** Requests deletion of the account, with a week to undo it (R65). */
export function DeleteAccount({ onAsked, onUndone }: DeleteAccountProps) {
  const account = useQuery(accountQuery);
  // The mutation lives here, because its success removes its button.
  const undoDeletion = useUndoDeletion();
  return (
    <Section title={words.title}>
      <QueryBoundary result={account} what={words.what} isPart>
        {({ deletionAt }) =>
          deletionAt === null ? (
            <Ask onAsked={onAsked} />
          ) : (
            <>
              <p>
                <Rich text={words.pending} parts={{ date: <Moment at={deletionAt} /> }} />
              </p>
              <div>
                <Button
                  look="primary"
                  isBusy={undoDeletion.isPending}
                  onClick={() => undoDeletion.mutate(undefined, { onSuccess: onUndone })}
                >
                  {words.keep}
                </Button>
              </div>
              <ActionProblem error={undoDeletion.error} text={words.keepFailed} />
            </>
          )
        }
      </QueryBoundary>
    </Section>
  );
}

function Ask({ onAsked }: { onAsked: (deletionAt: string) => void }) {
  const requestDeletion = useRequestDeletion();
  return (
    <>
      <p>{words.lead}</p>
      <div>
        <ConfirmButton
          text={words.ask}
          isBusy={requestDeletion.isPending || requestDeletion.isSuccess}
          question={{
            title: words.askTitle,
            text: <p>{words.askText}</p>,
            confirm: words.confirm,
            cancel: words.cancel,
          }}
          onConfirm={() => requestDeletion.mutate(undefined, { onSuccess: ({ deletionAt }) => onAsked(deletionAt) })}
        />
      </div>
      <ActionProblem error={requestDeletion.error} text={words.askFailed} />
    </>
  );
}
