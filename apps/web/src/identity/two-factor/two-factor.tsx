import { useQuery } from "@tanstack/react-query";
import type { Factors } from "@yumroad/contract";
import { useState } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
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
    <Section
      title="Two-factor log-in"
      hint="After your password, a code from an app on your phone: whoever knows the one still lacks the other."
    >
      {view.kind === "set-up" && (
        <SetUpTotp
          secret={view.secret}
          uri={view.uri}
          onDone={(codes) => setView({ kind: "codes", codes, done: "Two-factor log-in is on" })}
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
        <Loaded result={factors} what="Your second factor" isPart>
          {({ totpSince, recoveryCodesLeft }) =>
            totpSince === null ? (
              <>
                <p>It is off.</p>
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
                onCodes={(codes) => setView({ kind: "codes", codes, done: "Your former codes are no longer good" })}
                removal={removeTotp}
                onRemove={() => removeTotp.mutate(undefined, { onSuccess: () => onDone("Two-factor log-in is off") })}
              />
            )
          }
        </Loaded>
      )}
    </Section>
  );
}

function TurnOn({ onBegun }: { onBegun: (begun: { secret: string; uri: string }) => void }) {
  const beginTotp = useBeginTotp();
  return (
    <>
      <div>
        <Button
          look="primary"
          isBusy={beginTotp.isPending}
          onClick={() => beginTotp.mutate(undefined, { onSuccess: onBegun })}
        >
          Set up an authenticator app
        </Button>
      </div>
      <ActionProblem error={beginTotp.error} text="It could not be set up" />
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
        It is on, since <Moment at={since} />. {leftWords(codesLeft)}
      </p>
      <div className={classes.row}>
        <Button
          isBusy={renewCodes.isPending}
          onClick={() => renewCodes.mutate(undefined, { onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes) })}
        >
          Make new codes
        </Button>
        <ConfirmButton
          text="Turn off…"
          isBusy={removal.isPending}
          question={{
            title: "Turn off two-factor log-in?",
            text: <p>Your password alone will open your account, and your recovery codes are no longer good.</p>,
            confirm: "Turn it off",
            cancel: "Keep it on",
          }}
          onConfirm={onRemove}
        />
      </div>
      <ActionProblem error={renewCodes.error} text="There are no new codes" />
      <ActionProblem error={removal.error} text="It could not be turned off" />
    </>
  );
}

const FEW = 3;

function leftWords(count: number): string {
  if (count === 0) return "You have no recovery code left: make new ones.";
  const left = count === 1 ? "One recovery code is left" : `${count} recovery codes are left`;
  return count <= FEW ? `${left}: make new ones soon.` : `${left}.`;
}
