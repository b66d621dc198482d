import type { Shop, WithdrawalInput } from "@yumroad/contract";
import { useState } from "react";
import { useSearchParams } from "react-router-dom";
import { formatMoment } from "../../platform/lib/format.ts";
import { Loading } from "../../platform/ui/states.tsx";
import { WithdrawalForm } from "../../sales/withdrawals/withdrawal-form.tsx";
import { WithdrawalSummary } from "../../sales/withdrawals/withdrawal-summary.tsx";
import { useSite } from "../../shop/api.ts";
import { appWords } from "../../words/app.ts";
import { withdrawalWords } from "../../words/withdrawals.ts";
import { CardLayout } from "./card-layout.tsx";
import { NotFoundPage } from "./not-found.tsx";

/** Withdrawing from a contract, for everybody: buyers need no account. */
export function WithdrawPage() {
  const site = useSite().data;
  if (site === undefined) return <Loading label={appWords.loading} />;
  return site.withdrawFrom === null ? <NotFoundPage /> : <Withdraw site={site} />;
}

function Withdraw({ site }: { site: Shop }) {
  const [params] = useSearchParams();
  const [input, setInput] = useState<WithdrawalInput | null>(null);
  const [isChecking, setChecking] = useState(false);
  const [received, setReceived] = useState<{ ref: string; receivedAt: string } | null>(null);
  if (received) return <Received {...received} canSendMail={site.canSendMail} />;
  if (input && isChecking) {
    return (
      <CardLayout key="summary" title={withdrawalWords.summary.title} isAnswer>
        <WithdrawalSummary input={input} onChange={() => setChecking(false)} onReceived={setReceived} />
      </CardLayout>
    );
  }
  function onNext(entered: WithdrawalInput) {
    setInput(entered);
    setChecking(true);
  }
  const words = withdrawalWords.page;
  return (
    <CardLayout key="form" title={words.title} isAnswer={input !== null}>
      <p>
        {words.lead} {site.canSendMail && words.confirmed}
      </p>
      {site.withdrawFrom === "stripe" && <p>{words.stripe}</p>}
      <WithdrawalForm initial={input ?? { name: "", order: params.get("order") ?? "", contact: "" }} onNext={onNext} />
    </CardLayout>
  );
}

interface ReceivedProps {
  ref: string;
  receivedAt: string;
  canSendMail: boolean;
}

function Received({ ref, receivedAt, canSendMail }: ReceivedProps) {
  const words = withdrawalWords.done;
  const at = formatMoment(receivedAt);
  return (
    <CardLayout key="done" title={words.title} isAnswer>
      <p>{canSendMail ? words.received(at) : words.receivedWithoutMail(at)}</p>
      <p>{words.reference(ref)}</p>
    </CardLayout>
  );
}
