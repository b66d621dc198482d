import { CodeInput, type LiveSession, type SecondFactor } from "@yumroad/contract";
import { useEffect, useState } from "react";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { logInWords } from "../../words/log-in.ts";
import { useSecondFactor } from "./api.ts";

const words = logInWords.code;

const KINDS = {
  totp: { autoComplete: "one-time-code", inputMode: "numeric" },
  recovery_code: { autoComplete: "off", inputMode: "text" },
} as const;

interface SecondFactorFormProps {
  /** The available factors, the most usual first. */
  factors: readonly SecondFactor[];
  onLoggedIn: (session: LiveSession) => void;
}

/** The second step of a login: a code of the app, or a recovery code if the app is out of reach. */
export function SecondFactorForm({ factors, onLoggedIn }: SecondFactorFormProps) {
  const [chosen, setChosen] = useState<SecondFactor | null>(null);
  const kind = chosen ?? factors[0] ?? "totp";
  const others = factors.filter((factor) => factor !== kind);
  return (
    <div className={classes.form}>
      <CodeForm key={kind} kind={kind} onLoggedIn={onLoggedIn} />
      {others.map((factor) => (
        <Button key={factor} look="quiet" fullWidth onClick={() => setChosen(factor)}>
          {words[factor].use}
        </Button>
      ))}
    </div>
  );
}

function CodeForm({ kind, onLoggedIn }: { kind: SecondFactor; onLoggedIn: SecondFactorFormProps["onLoggedIn"] }) {
  const secondFactor = useSecondFactor();
  const form = useForm({
    initial: { code: "" },
    check(values) {
      const checked = check(CodeInput, values);
      if (checked.ok || kind === "totp") return checked;
      return { ok: false, issues: [{ path: ["code"], message: words.recovery_code.invalid }] };
    },
    submit: async (input) => onLoggedIn(await secondFactor.mutateAsync(input)),
    fieldOfProblem: { invalid_code: "code" },
  });
  const field = form.field("code");
  // The field replaces the pressed button without a navigation: it takes the focus, so that it is announced.
  useEffect(() => document.getElementById(field.id)?.focus(), [field.id]);
  const { label, hint } = words[kind];
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField
        label={label}
        description={hint}
        {...KINDS[kind]}
        autoCapitalize="none"
        spellCheck={false}
        field={field}
      />
      <Button type="submit" look="primary" size="md" fullWidth isBusy={form.isBusy}>
        {words.submit}
      </Button>
    </form>
  );
}
