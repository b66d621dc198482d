import { useQuery } from "@tanstack/react-query";
import type { SessionSummary } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Item, ItemList } from "../../platform/ui/item-list.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { Ago, Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { sessionsQuery, useEndOtherSessions, useEndSession } from "./api.ts";
import { DeviceIcon } from "./device-icon.tsx";

/** The user's sessions, with buttons to end them. `onDone` is called with the text of a success. */
export function SessionList({ onDone }: { onDone: (text: string) => void }) {
  const sessions = useQuery(sessionsQuery);
  return (
    <Section title="Sessions" hint="Where you are logged in. End what you do not know, and change your password then.">
      <Loaded result={sessions} what="Your sessions" isPart>
        {({ items }) => <Sessions sessions={items} onDone={onDone} />}
      </Loaded>
    </Section>
  );
}

interface SessionsProps {
  sessions: readonly SessionSummary[];
  onDone: (text: string) => void;
}

function Sessions({ sessions, onDone }: SessionsProps) {
  const endSession = useEndSession();
  const endOthers = useEndOtherSessions();
  const others = sessions.filter(({ isCurrent }) => !isCurrent).length;
  return (
    <>
      <ItemList label="Sessions">
        {sessions.map((session) => (
          <SessionItem
            key={session.handle}
            session={session}
            isEnding={endSession.isPending && endSession.variables === session.handle}
            onEnd={() =>
              endSession.mutate(session.handle, { onSuccess: () => onDone(`The session on ${session.device} is over`) })
            }
          />
        ))}
      </ItemList>
      <ActionProblem error={endSession.error} text="It could not be ended" />
      {others > 0 && (
        <div>
          <ConfirmButton
            text="End all others…"
            isBusy={endOthers.isPending}
            question={{
              title: "End all other sessions?",
              text: <p>You will be logged out everywhere but here.</p>,
              confirm: others === 1 ? "End it" : `End all ${others}`,
              cancel: "Keep them",
            }}
            onConfirm={() =>
              endOthers.mutate(undefined, { onSuccess: () => onDone("All your other sessions are over") })
            }
          />
        </div>
      )}
      <ActionProblem error={endOthers.error} text="They could not be ended" />
    </>
  );
}

interface SessionItemProps {
  session: SessionSummary;
  isEnding: boolean;
  onEnd: () => void;
}

function SessionItem({ session, isEnding, onEnd }: SessionItemProps) {
  const { device, address, firstUsedAt, lastUsedAt, isCurrent } = session;
  return (
    <Item
      icon={<DeviceIcon device={device} />}
      name={
        <>
          {device}
          {isCurrent && <Badge look="good">This one</Badge>}
        </>
      }
      lines={[
        <>
          Last used <Ago at={lastUsedAt} />, from {address}
        </>,
        <>
          Since <Moment at={firstUsedAt} />
        </>,
      ]}
      {...(isCurrent
        ? {}
        : {
            action: (
              <Button size="sm" isBusy={isEnding} label={`End ${device}`} onClick={onEnd}>
                End
              </Button>
            ),
          })}
    />
  );
}
