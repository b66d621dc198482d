import { useInfiniteQuery } from "@tanstack/react-query";
import type { StrayWithdrawal } from "@yumroad/contract";
import items from "../../platform/ui/action-item.module.css";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { PagedList } from "../../platform/ui/paged-list.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { withdrawalWords } from "../../words/withdrawals.ts";
import { strayWithdrawalsQuery } from "./api.ts";
import classes from "./stray-withdrawals.module.css";

const words = withdrawalWords.stray;

/** The statements of withdrawal for which no order was found. Nothing while there are none. */
export function StrayWithdrawals() {
  const result = useInfiniteQuery(strayWithdrawalsQuery);
  const statements = result.data?.pages.flatMap((page) => page.items) ?? [];
  if (statements.length === 0) return <ActionProblem error={result.error} text={words.loadFailed} />;
  return (
    <Section title={words.title} hint={words.hint}>
      <PagedList result={result} count={statements.length} noun={[words.one, words.many]} focusable="li" empty={null}>
        <ul aria-label={words.title} className={classes.list}>
          {statements.map((statement) => (
            <Statement key={statement.ref} statement={statement} />
          ))}
        </ul>
      </PagedList>
    </Section>
  );
}

function Statement({
  statement: { ref, name, contact, statedOrder, statement, receivedAt },
}: {
  statement: StrayWithdrawal;
}) {
  return (
    <li className={items.item}>
      <div className={items.words}>
        <p className={items.name}>{words.from(name, contact)}</p>
        <p className={items.line}>
          {statedOrder === "" ? words.noOrder : words.order(statedOrder)} · <Moment at={receivedAt} /> ·{" "}
          {withdrawalWords.ofSale.reference(ref)}
        </p>
        {statement !== "" && <blockquote className={classes.quote}>{statement}</blockquote>}
      </div>
    </li>
  );
}
