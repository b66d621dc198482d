import { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import { isDeadLink } from "../../identity/password/recovery-api.ts";
import { mailedTokenOf } from "../../platform/lib/mailed-token.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { useOpenPurchases } from "../../sales/purchases/api.ts";
import { FindPurchasesForm } from "../../sales/purchases/find-purchases-form.tsx";
import { useSite } from "../../shop/api.ts";
import { purchaseWords } from "../../words/purchases.ts";
import { paths } from "../paths.ts";
import { useKeyInFragment } from "../use-key-in-fragment.ts";
import { CardLayout } from "./card-layout.tsx";
import { DeadLink } from "./dead-link.tsx";
import classes from "./find-purchases.module.css";
import { InTheTray } from "./in-the-tray.tsx";

/** The way back to purchases without an account. */
export function FindPurchasesPage() {
  const token = useKeyInFragment(mailedTokenOf);
  return token === null ? <FindPurchases /> : <OpenPurchases key={token} token={token} />;
}

/** Asks for the email, then says that a link is on its way. `renderForm` puts the form on a page of its own. */
function FindPurchases({
  renderForm = renderFind,
}: {
  renderForm?: (form: ReactNode, isAnswer: boolean) => ReactNode;
}) {
  const site = useSite();
  const [email, setEmail] = useState("");
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <Asked onAgain={() => setAsked(false)} />;
  if (site.data?.canSendMail === false) return renderForm(<NoMail />, false);
  function onAsked(asked: string) {
    setEmail(asked);
    setAsked(true);
  }
  return renderForm(<FindPurchasesForm email={email} onAsked={onAsked} />, email !== "");
}

function renderFind(form: ReactNode, isAnswer: boolean): ReactNode {
  return (
    <CardLayout key="find" title={purchaseWords.find.title} isAnswer={isAnswer}>
      <p>{purchaseWords.find.lead}</p>
      {form}
    </CardLayout>
  );
}

function NoMail() {
  return <p>{purchaseWords.find.noMail}</p>;
}

/** The same answer, whether the email has purchases or not. */
function Asked({ onAgain }: { onAgain: () => void }) {
  const words = purchaseWords.asked;
  return (
    <CardLayout key="asked" title={words.title} isAnswer>
      <p>{words.text}</p>
      <InTheTray />
      <p>{words.notThere}</p>
      <Button fullWidth onClick={onAgain}>
        {words.tryAgain}
      </Button>
    </CardLayout>
  );
}

/** A button uses the link, because mail scanners open every link, and it works once (R61). */
function OpenPurchases({ token }: { token: string }) {
  const words = purchaseWords.open;
  const openPurchases = useOpenPurchases();
  if (openPurchases.isSuccess) return <Purchases refs={openPurchases.data.refs} />;
  if (isDeadLink(openPurchases.error)) return <FindPurchases renderForm={renderDead} />;
  return (
    <CardLayout key="open" title={words.title}>
      <p>{words.text}</p>
      <Button look="primary" fullWidth isBusy={openPurchases.isPending} onClick={() => openPurchases.mutate(token)}>
        {words.open}
      </Button>
      <ActionProblem error={openPurchases.error} text={words.failed} />
    </CardLayout>
  );
}

function renderDead(form: ReactNode): ReactNode {
  return (
    <DeadLink>
      <p>{purchaseWords.dead}</p>
      {form}
    </DeadLink>
  );
}

function Purchases({ refs }: { refs: readonly string[] }) {
  const words = purchaseWords.opened;
  return (
    <CardLayout key="opened" title={words.title} isAnswer>
      {refs.length === 0 ? (
        <>
          <p>{words.none}</p>
          <LinkButton to={paths.browse}>{words.browse}</LinkButton>
        </>
      ) : (
        <ul aria-label={words.list} className={classes.list}>
          {refs.map((ref) => (
            <li key={ref}>
              <Link to={paths.order(ref)}>{words.order(ref)}</Link>
            </li>
          ))}
        </ul>
      )}
    </CardLayout>
  );
}
