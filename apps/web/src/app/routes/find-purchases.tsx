import { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import { isDeadLink } from "../../identity/password/recovery-api.ts";
import { mailedTokenOf } from "../../platform/lib/mailed-token.ts";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button, LinkButton } from "../../platform/ui/button.tsx";
import { useOpenPurchases } from "../../sales/purchases/api.ts";
import { FindPurchasesForm } from "../../sales/purchases/find-purchases-form.tsx";
import { useSite } from "../../shop/api.ts";
import { paths } from "../paths.ts";
import { useKeyInFragment } from "../use-key-in-fragment.ts";
import { DeadLink } from "./dead-link.tsx";
import classes from "./find-purchases.module.css";
import { InTheTray } from "./in-the-tray.tsx";
import { SheetPage } from "./sheet-page.tsx";

const TITLE = "Find your purchases";

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
    <SheetPage key="find" title={TITLE} isAnswer={isAnswer}>
      <p>Bought something without an account? We’ll email you a link to your purchases.</p>
      {form}
    </SheetPage>
  );
}

function NoMail() {
  return <p>This shop can’t send emails. Ask the seller for your purchase instead.</p>;
}

/** The same answer, whether the email has purchases or not. */
function Asked({ onAgain }: { onAgain: () => void }) {
  return (
    <SheetPage key="asked" title="Check your email" isAnswer>
      <p>If there are purchases for it, the link opens them.</p>
      <InTheTray />
      <p>Nothing there after a few minutes? Check your spam folder or try again.</p>
      <Button fullWidth onClick={onAgain}>
        Try again
      </Button>
    </SheetPage>
  );
}

/** A button uses the link, because mail scanners open every link, and it works once (R61). */
function OpenPurchases({ token }: { token: string }) {
  const openPurchases = useOpenPurchases();
  if (openPurchases.isSuccess) return <Purchases refs={openPurchases.data.refs} />;
  if (isDeadLink(openPurchases.error)) return <FindPurchases renderForm={renderDead} />;
  return (
    <SheetPage key="open" title="Your purchases">
      <p>Open your purchases in this browser. The link works once.</p>
      <Button look="primary" fullWidth isBusy={openPurchases.isPending} onClick={() => openPurchases.mutate(token)}>
        Open your purchases
      </Button>
      <ActionProblem error={openPurchases.error} text="Your purchases could not be opened" />
    </SheetPage>
  );
}

function renderDead(form: ReactNode): ReactNode {
  return (
    <DeadLink>
      <p>Enter your email to get a new one.</p>
      {form}
    </DeadLink>
  );
}

function Purchases({ refs }: { refs: readonly string[] }) {
  return (
    <SheetPage key="opened" title="Your purchases" isAnswer>
      {refs.length === 0 ? (
        <>
          <p>There are no purchases for this email any more.</p>
          <LinkButton to={paths.browse}>Browse products</LinkButton>
        </>
      ) : (
        <ul aria-label="Purchases" className={classes.list}>
          {refs.map((ref) => (
            <li key={ref}>
              <Link to={paths.order(ref)}>Order {ref}</Link>
            </li>
          ))}
        </ul>
      )}
    </SheetPage>
  );
}
