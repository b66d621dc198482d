import { endpoints } from "@yumroad/contract";
import { check } from "../../platform/ui/check.ts";
import { EmailForm } from "../../platform/ui/email-form.tsx";
import { useForm } from "../../platform/ui/use-form.ts";
import { purchaseWords } from "../../words/purchases.ts";
import { useFindPurchases } from "./api.ts";

const words = purchaseWords.form;

interface FindPurchasesFormProps {
  /** The previously entered email. */
  email: string;
  onAsked: (email: string) => void;
}

export function FindPurchasesForm({ email, onAsked }: FindPurchasesFormProps) {
  const findPurchases = useFindPurchases();
  const form = useForm({
    initial: { email },
    check: (values) => check(endpoints.purchases.find.body, values),
    submit: async (input) => {
      await findPurchases.mutateAsync(input);
      onAsked(input.email);
    },
  });
  return <EmailForm form={form} words={words} />;
}
