import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { shopSettingsWords } from "../../words/shop-settings.ts";
import { mailCheckQuery, useSendTestMail } from "./api.ts";
import classes from "./shop-form.module.css";

const words = shopSettingsWords.testMail;

interface TestMailProps {
  email: string;
  canSendMail: boolean;
  /** A link to the mail tray of the local demo; null: emails are sent. */
  tray: ReactNode | null;
}

export function TestMail({ email, canSendMail, tray }: TestMailProps) {
  const { mutate, data, isPending, error } = useSendTestMail();
  if (!canSendMail) {
    return (
      <Section title={words.title}>
        <p>
          <Rich text={words.cannotSend} parts={{ code: (text) => <code>{text}</code> }} />
        </p>
      </Section>
    );
  }
  return (
    <Section title={words.title} hint={words.hint(email)}>
      <MailCheck />
      <div>
        <Button isBusy={isPending} onClick={() => mutate()}>
          {words.send}
        </Button>
      </div>
      <div role="status" className={classes.outcome}>
        {!isPending && data?.delivered === true && (tray ?? <p>{words.sent(email)}</p>)}
        {!isPending && data?.delivered === false && (
          <>
            <p>{words.refused}</p>
            <p>
              <code>{data.reason}</code>
            </p>
          </>
        )}
      </div>
      <ActionProblem error={error} text={words.failed} />
    </Section>
  );
}

/** Whether emails are known to arrive. */
function MailCheck() {
  const check = useQuery(mailCheckQuery);
  return (
    <QueryBoundary result={check} what={words.what} isPart>
      {({ confirmedAt }) =>
        confirmedAt === null ? (
          <p>{words.unconfirmed}</p>
        ) : (
          <p>
            <Rich text={words.confirmed} parts={{ time: <Moment at={confirmedAt} /> }} />
          </p>
        )
      }
    </QueryBoundary>
  );
}
