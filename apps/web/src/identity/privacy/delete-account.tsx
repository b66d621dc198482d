import { useQuery } from "@tanstack/react-query";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { accountQuery } from "../users/api.ts";
import { useRequestDeletion, useUndoDeletion } from "./api.ts";

const WAITS_FOR_SALES =
  "If you sold something in the last 14 days, it stays until 14 days after your last sale: your buyers may want their money back.";

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
    <Section title="Delete your account">
      <Loaded result={account} what="Your account" isPart>
        {({ deletionAt }) =>
          deletionAt === null ? (
            <Ask onAsked={onAsked} />
          ) : (
            <>
              <p>
                Your account will be deleted on <Moment at={deletionAt} />. {WAITS_FOR_SALES}
              </p>
              <div>
                <Button
                  look="primary"
                  isBusy={undoDeletion.isPending}
                  onClick={() => undoDeletion.mutate(undefined, { onSuccess: onUndone })}
                >
                  Keep my account
                </Button>
              </div>
              <ActionProblem error={undoDeletion.error} text="It could not be undone" />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Ask({ onAsked }: { onAsked: (deletionAt: string) => void }) {
  const requestDeletion = useRequestDeletion();
  return (
    <>
      <p>
        You are logged out everywhere at once. For seven days you can log in and keep your account after all; then your
        account, your store and your products are gone for good. {WAITS_FOR_SALES}
      </p>
      <div>
        <ConfirmButton
          text="Delete my account…"
          isBusy={requestDeletion.isPending || requestDeletion.isSuccess}
          question={{
            title: "Delete your account?",
            text: (
              <p>
                You are logged out everywhere at once. After seven days, or 14 days after your last sale, your account,
                your store and your products are gone for good. If you change your mind before then, log in and say so.
              </p>
            ),
            confirm: "Delete my account",
            cancel: "Keep it",
          }}
          onConfirm={() => requestDeletion.mutate(undefined, { onSuccess: ({ deletionAt }) => onAsked(deletionAt) })}
        />
      </div>
      <ActionProblem error={requestDeletion.error} text="Your account is still there" />
    </>
  );
}
