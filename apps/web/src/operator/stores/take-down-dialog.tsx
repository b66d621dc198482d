import { TAKE_DOWN_REASON_MAX_LENGTH, TakeDown } from "@yumroad/contract";
import { Button } from "../../platform/ui/button.tsx";
import { check } from "../../platform/ui/check.ts";
import { Dialog } from "../../platform/ui/dialog.tsx";
import { FormSummary } from "../../platform/ui/form-summary.tsx";
import { TextAreaField } from "../../platform/ui/text-area-field.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { storesWords } from "../../words/stores.ts";
import classes from "./take-down-dialog.module.css";

const words = storesWords.takeDown;

interface TakeDownDialogProps {
  title: string;
  /** The effect, in a sentence. */
  text: string;
  /** The reason of a former try that failed. */
  initialReason: string;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks for the reason before something is taken down. */
export function TakeDownDialog({ title, text, initialReason, onConfirm, onClose }: TakeDownDialogProps) {
  const form = useForm({
    initial: { reason: initialReason },
    check: (values) => check(TakeDown, values),
    submit: async ({ reason }) => onConfirm(reason),
  });
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={form.onSubmit}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button type="submit">{words.confirm}</Button>
        </>
      }
    >
      <div className={classes.form}>
        <p>{text}</p>
        <FormSummary problem={form.problem} />
        <TextAreaField
          label={words.reason}
          description={words.reasonHint(TAKE_DOWN_REASON_MAX_LENGTH)}
          rows={4}
          field={form.field("reason")}
        />
      </div>
    </Dialog>
  );
}
