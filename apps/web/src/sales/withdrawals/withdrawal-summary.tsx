import type { WithdrawalInput } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { withdrawalWords } from "../../words/withdrawals.ts";
import { useWithdraw } from "./api.ts";
import classes from "./withdrawal-summary.module.css";

const words = withdrawalWords.summary;
const labels = withdrawalWords.form;

interface Received {
  ref: string;
  receivedAt: string;
}

interface WithdrawalSummaryProps {
  input: WithdrawalInput;
  onChange: () => void;
  onReceived: (received: Received) => void;
}

/** The second step: the statement in full, and the button that sends it. */
export function WithdrawalSummary({ input, onChange, onReceived }: WithdrawalSummaryProps) {
  const withdraw = useWithdraw();
  const facts = [
    [labels.name, input.name],
    ...(input.order ? [[labels.order, input.order] as const] : []),
    [labels.email, input.contact],
  ] as const;
  return (
    <div className={classes.summary}>
      <p>{words.text}</p>
      <dl className={classes.facts} aria-label={words.label}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Button
        look="primary"
        fullWidth
        isBusy={withdraw.isPending}
        onClick={() => withdraw.mutate(input, { onSuccess: onReceived })}
      >
        {words.confirm}
      </Button>
      <ActionProblem error={withdraw.error} text={words.failed} />
      <Button fullWidth onClick={onChange}>
        {words.change}
      </Button>
    </div>
  );
}
