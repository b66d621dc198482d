import { useQuery } from "@tanstack/react-query";
import type { Factors } from "@yumroad/contract";
import { useState } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { twoFactorWords as words } from "../../words/two-factor.ts";
import { ConfirmEmailFirst } from "../email/confirm-email-first.tsx";
import { factorsQuery, useBeginTotp, useRemoveTotp, useRenewRecoveryCodes } from "./api.ts";
import classes from "./factors.module.css";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetUpTotp } from "./set-up-totp.tsx";

type View =
  | { kind: "summary" }
  | { kind: "set-up"; secret: string; uri: string }
  | { kind: "codes"; codes: readonly string[]; done: string };

interface TwoFactorProps {
  /** The address that must be verified first, or null. */
  toConfirm: string | null;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** Two-factor authentication by an authenticator app (R70). */
export function TwoFactor({ toConfirm, onDone }: TwoFactorProps) {
  const factors = useQuery(factorsQuery);
  // The mutation lives here, because its success removes its button.
  const removeTotp = useRemoveTotp();
  const [view, setView] = useState<View>({ kind: "summary" });
  return (
    <Section title={words.title} hint={words.hint}>
      {view.kind === "set-up" && (
        <SetUpTotp
          secret={view.secret}
          uri={view.uri}
          onDone={(codes) => setView({ kind: "codes", codes, done: words.turnedOn })}
          onCancel={() => setView({ kind: "summary" })}
        />
      )}
      {view.kind === "codes" && (
        <RecoveryCodes
          codes={view.codes}
          onKept={() => {
            setView({ kind: "summary" });
            onDone(view.done);
          }}
        />
      )}
      {view.kind === "summary" && (
        <QueryBoundary result={factors} what={words.what} isPart>
          {({ totpSince, recoveryCodesLeft }) =>
            totpSince === null ? (
              <>
                <p>{words.off}</p>
                {toConfirm === null ? (
                  <TurnOn onBegun={(begun) => setView({ kind: "set-up", ...begun })} />
                ) : (
                  <ConfirmEmailFirst email={toConfirm} />
                )}
              </>
            ) : (
              <TurnedOn
                since={totpSince}
                codesLeft={recoveryCodesLeft}
                onCodes={(codes) => setView({ kind: "codes", codes, done: words.codesRenewed })}
                removal={removeTotp}
                onRemove={() => removeTotp.mutate(undefined, { onSuccess: () => onDone(words.turnedOff) })}
              />
            )
          }
        </QueryBoundary>
      )}
    </Section>
  );
}

function TurnOn({ onBegun }: { onBegun: (begun: { secret: string; uri: string }) => void }) {
  const beginTotp = useBeginTotp();
  return (
    <>
      <div>
        <Button isBusy={beginTotp.isPending} onClick={() => beginTotp.mutate(undefined, { onSuccess: onBegun })}>
          {words.setUp}
        </Button>
      </div>
      <ActionProblem error={beginTotp.error} text={words.setUpFailed} />
    </>
  );
}

interface TurnedOnProps {
  since: string;
  codesLeft: Factors["recoveryCodesLeft"];
  onCodes: (codes: readonly string[]) => void;
  removal: { isPending: boolean; error: unknown };
  onRemove: () => void;
}

function TurnedOn({ since, codesLeft, onCodes, removal, onRemove }: TurnedOnProps) {
  const renewCodes = useRenewRecoveryCodes();
  return (
    <>
      <p>
        <Rich text={words.on} parts={{ date: <Moment at={since} />, codesLeft: words.codesLeft(codesLeft) }} />
      </p>
      <div className={classes.row}>
        <Button
          isBusy={renewCodes.isPending}
          onClick={() => renewCodes.mutate(undefined, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) })}
        >
          {words.renew}
        </Button>
        <ConfirmButton
          text={words.turnOff}
          isBusy={removal.isPending}
          question={{
            title: words.turnOffTitle,
            text: <p>{words.turnOffText}</p>,
            confirm: words.confirmTurnOff,
            cancel: words.cancel,
          }}
          onConfirm={onRemove}
        />
      </div>
      <ActionProblem error={renewCodes.error} text={words.renewFailed} />
      <ActionProblem error={removal.error} text={words.turnOffFailed} />
    </>
  );
}
