import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { mailCheckQuery, useSendTestMail } from "./api.ts";
import classes from "./shop-form.module.css";

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
      <Section title="Email">
        <p>
          This shop can’t send email. Set <code>SMTP_URL</code> and <code>MAIL_FROM</code> on the server.
        </p>
      </Section>
    );
  }
  return (
    <Section
      title="Email"
      hint={`We send a test email to ${email}. Open its link: the shop takes no money before you have confirmed that emails arrive.`}
    >
      <MailCheck />
      <div>
        <Button isBusy={isPending} onClick={() => mutate()}>
          Send me a test email
        </Button>
      </div>
      <div role="status" className={classes.outcome}>
        {!isPending &&
          data?.delivered === true &&
          (tray ?? <p>Sent. Open the link in it: check the inbox and spam folder of {email}.</p>)}
        {!isPending && data?.delivered === false && (
          <>
            <p>The mail server didn’t take the email. Its answer:</p>
            <p>
              <code>{data.reason}</code>
            </p>
          </>
        )}
      </div>
      <ActionProblem error={error} text="The test email could not be sent" />
    </Section>
  );
}

/** Whether emails are known to arrive. */
function MailCheck() {
  const check = useQuery(mailCheckQuery);
  return (
    <Loaded result={check} what="The state of email" isPart>
      {({ confirmedAt }) =>
        confirmedAt === null ? (
          <p>Not confirmed yet: send yourself a test email and open its link.</p>
        ) : (
          <p>
            Email works: confirmed on <Moment at={confirmedAt} />.
          </p>
        )
      }
    </Loaded>
  );
}
