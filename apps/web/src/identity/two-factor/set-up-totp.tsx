import { CodeInput } from "@yumroad/contract";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { CopyButton } from "../../platform/ui/copy-button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { useConfirmTotp } from "./api.ts";
import classes from "./factors.module.css";

const QrCode = lazy(async () => ({ default: (await import("./qr-code.tsx")).QrCode }));

interface SetUpTotpProps {
  secret: string;
  uri: string;
  onDone: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

/** Shows the secret for the app, and asks for the app's first code to confirm it. */
export function SetUpTotp({ secret, uri, onDone, onCancel }: SetUpTotpProps) {
  const confirmTotp = useConfirmTotp();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useForm({
    initial: { code: "" },
    check: (values) => check(CodeInput, values),
    submit: async (input) => onDone((await confirmTotp.mutateAsync(input)).recoveryCodes),
    fieldOfProblem: { invalid_code: "code" },
    textOfProblem: { invalid_code: "That is not the code of this moment. Wait for the next one, and try that" },
  });
  return (
    <form className={classes.steps} onSubmit={form.onSubmit} noValidate aria-label="Set up an authenticator app">
      <h3 ref={heading} tabIndex={-1} className={classes.title}>
        Scan this with your authenticator app
      </h3>
      <div className={classes.scan}>
        <div className={classes.code}>
          <Suspense>
            <QrCode text={uri} label="QR code for your authenticator app" />
          </Suspense>
        </div>
        <div className={classes.byHand}>
          <p>Or type this key into it by hand:</p>
          <p className={classes.secret}>{inGroups(secret)}</p>
          <div className={classes.row}>
            <CopyButton text={secret} label="Copy the key" />
          </div>
        </div>
      </div>
      <FormSummary problem={form.problem} />
      <TextField
        label="Code from the app"
        description="Six digits; the app shows new ones every half minute"
        inputMode="numeric"
        autoComplete="one-time-code"
        field={form.field("code")}
      />
      <div className={classes.row}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          Turn on
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

/** "JBSW Y3DP …": groups are easier to type than thirty-two letters in a row. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? "";
}
