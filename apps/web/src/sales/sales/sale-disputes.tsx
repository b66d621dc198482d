import { anyMoneyText, type Dispute, moneyText, type Sale } from "@yumroad/contract";
import { formatMoment } from "../../platform/lib/format.ts";
import { CopyButton } from "../../platform/ui/copy-button.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { saleWords } from "../../words/sales.ts";
import classes from "./sale-view.module.css";
import { eventWords, itemNames } from "./sale-words.ts";

const words = saleWords.disputes;

/** The disputes of a sale, and what the seller can answer the bank with. */
export function SaleDisputes({ sale }: { sale: Sale }) {
  const { disputes, email } = sale;
  if (disputes.length === 0) return null;
  const evidence = evidenceOf(sale);
  return (
    <Section title={words.title}>
      {disputes.map((dispute) => (
        <p key={dispute.id}>
          {words.opened(email, anyMoneyText(dispute.amount))} {stateWords(dispute)}
        </p>
      ))}
      <details>
        <summary>{words.evidenceTitle}</summary>
        <p className={classes.line}>{words.evidenceHint}</p>
        <pre className={classes.evidence}>{evidence}</pre>
        <div className={classes.actions}>
          <CopyButton text={evidence} label={words.copy} />
        </div>
      </details>
    </Section>
  );
}

function stateWords({ state, answerBy }: Dispute): string {
  if (state !== "needs_response" && state !== "inquiry") return words[state];
  return answerBy === null ? words.needs_response_soon : words.needs_response(formatMoment(answerBy));
}

/** What the shop knows about an order, in lines: what was bought, what its buyer agreed to, and what has happened. */
function evidenceOf(sale: Sale): string {
  const { ref, email, total, createdAt, consent, history } = sale;
  return [
    words.order(ref, itemNames(sale), moneyText(total)),
    words.orderedBy(email, formatMoment(createdAt)),
    consent === null ? words.noConsent : words.consent(formatMoment(consent.at), consent.text),
    ...history.map(({ kind, at }) => `${formatMoment(at)}: ${eventWords(kind)}`),
  ].join("\n");
}
