import { PasskeyName } from "@yumroad/contract";
import * as z from "zod/mini";
import { canUsePasskeys } from "../../platform/lib/passkeys.ts";
import { thisDevice } from "../../platform/lib/this-device.ts";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import classes from "../../platform/ui/form.module.css";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextField } from "../../platform/ui/text-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { passkeyWords } from "../../words/passkeys.ts";
import { factorFaults } from "../../words/validation-of-factors.ts";
import { useAddPasskey } from "./api.ts";

const words = passkeyWords.add;

const NewPasskey = z.strictObject({ name: PasskeyName });

/**
 * Asks for the name first: a passkey that the browser has created and the server does not know would be offered, but
 * not work.
 */
export function AddPasskey({ onAdded }: { onAdded: (name: string) => void }) {
  const addPasskey = useAddPasskey();
  const form = useForm({
    faultTexts: factorFaults,
    initial: { name: thisDevice(navigator.userAgent) },
    isReusable: true,
    check: (values) => check(NewPasskey, values),
    submit: async ({ name }) => {
      const added = await addPasskey.mutateAsync(name);
      // The next passkey is likely to be on another device.
      form.setValues({ name: "" });
      onAdded(added.name);
    },
    textOfProblem: { already_set_up: words.isThere },
  });
  if (!canUsePasskeys()) return <p>{words.cannot}</p>;
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={words.label}>
      <FormSummary problem={form.problem} />
      <TextField label={words.name} description={words.hint} autoComplete="off" field={form.field("name")} />
      <div>
        <Button type="submit" isBusy={form.isBusy}>
          {words.submit}
        </Button>
      </div>
    </form>
  );
}
