import { PasskeyName } from "@yumroad/contract";
import * as z from "zod/mini";
import { Button } from "../../../components/button.tsx";
import { check } from "../../../components/check.ts";
import { FormSummary } from "../../../components/form-summary.tsx";
import { TextField } from "../../../components/text-field.tsx";
import { useForm } from "../../../components/use-form.ts";
import { canUsePasskeys } from "../../../lib/passkeys.ts";
import { thisDevice } from "../../../lib/this-device.ts";
import classes from "../account-form.module.css";
import { useAddPasskey } from "./api.ts";

const NewPasskey = z.strictObject({ name: PasskeyName });

/**
 * Asks for the name first: a passkey that the browser has created and the server does not know would be offered, but
 * not work.
 */
export function AddPasskey({ onAdded }: { onAdded: (name: string) => void }) {
  const addPasskey = useAddPasskey();
  const form = useForm({
    initial: { name: thisDevice(navigator.userAgent) },
    isReusable: true,
    check: (values) => check(NewPasskey, values),
    submit: async ({ name }) => {
      const added = await addPasskey.mutateAsync(name);
      // The next passkey is likely to be on another device.
      form.setValues({ name: "" });
      onAdded(added.name);
    },
    textOfProblem: { already_set_up: "That passkey is in your account already" },
  });
  if (!canUsePasskeys()) return <p>This browser can’t make passkeys here. Another one, or a newer one, can.</p>;
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label="Add a passkey">
      <FormSummary problem={form.problem} />
      <TextField
        label="Name of the new passkey"
        description="To know it by later. The browser asks for the rest."
        autoComplete="off"
        field={form.field("name")}
      />
      <div>
        <Button type="submit" isBusy={form.isBusy}>
          Add a passkey
        </Button>
      </div>
    </form>
  );
}
