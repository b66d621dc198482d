import { CodeInput } from "@yumroad/contract";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { CopyButton } from "../../platform/ui/copy-button.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { twoFactorWords } from "../../words/two-factor.ts";
import { useConfirmTotp } from "./api.ts";
import classes from "./factors.module.css";

const words = twoFactorWords.app;

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
    textOfProblem: { invalid_code: words.wrong },
  });
  return (
    <form className={classes.steps} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <h3 ref={heading} tabIndex={-1} className={classes.title}>
        {words.title}
      </h3>
      <div className={classes.scan}>
        <div className={classes.code}>
          <Suspense>
            <QrCode text={uri} label={words.qrCode} />
          </Suspense>
        </div>
        <div className={classes.byHand}>
          <p>{words.byHand}</p>
          <p className={classes.secret}>{inGroups(secret)}</p>
          <div className={classes.row}>
            <CopyButton text={secret} label={words.copyKey} />
          </div>
        </div>
      </div>
      <FormSummary problem={form.problem} />
      <TextField
        label={words.code}
        description={words.codeHint}
        inputMode="numeric"
        autoComplete="one-time-code"
        field={form.field("code")}
      />
      <div className={classes.row}>
        <Button type="submit" look="primary" isBusy={form.isBusy}>
          {words.turnOn}
        </Button>
        <Button onClick={onCancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}

/** "JBSW Y3DP …": groups are easier to type than thirty-two letters in a row. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? "";
}
