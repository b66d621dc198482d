import { useQuery } from "@tanstack/react-query";
import type { SessionSummary } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { Button } from "../../platform/ui/button.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Item, ItemList } from "../../platform/ui/item-list.tsx";
import { Ago, Moment } from "../../platform/ui/moment.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { deviceWords as words } from "../../words/devices.ts";
import { sessionsQuery, useEndOtherSessions, useEndSession } from "./api.ts";
import { DeviceIcon } from "./device-icon.tsx";

/** The user's sessions, with buttons to end them. `onDone` is called with the text of a success. */
export function SessionList({ onDone }: { onDone: (text: string) => void }) {
  const sessions = useQuery(sessionsQuery);
  return (
    <Section title={words.title} hint={words.hint}>
      <QueryBoundary result={sessions} what={words.what} isPart>
        {({ items }) => <Sessions sessions={items} onDone={onDone} />}
      </QueryBoundary>
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
      <ItemList label={words.label}>
        {sessions.map((session) => (
          <SessionItem
            key={session.handle}
            session={session}
            isEnding={endSession.isPending && endSession.variables === session.handle}
            onEnd={() =>
              endSession.mutate(session.handle, { onSuccess: () => onDone(words.loggedOut(session.device)) })
            }
          />
        ))}
      </ItemList>
      <ActionProblem error={endSession.error} text={words.logOutFailed} />
      {others > 0 && (
        <div>
          <ConfirmButton
            text={words.logOutOthers}
            isBusy={endOthers.isPending}
            question={{
              title: words.othersTitle,
              text: <p>{words.othersText}</p>,
              confirm: words.confirmOthers,
              cancel: words.cancel,
            }}
            onConfirm={() => endOthers.mutate(undefined, { onSuccess: () => onDone(words.othersLoggedOut) })}
          />
        </div>
      )}
      <ActionProblem error={endOthers.error} text={words.othersFailed} />
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
          {isCurrent && <Badge look="good">{words.current}</Badge>}
        </>
      }
      lines={[
        <Rich text={words.lastUsed} parts={{ ago: <Ago at={lastUsedAt} />, address }} />,
        <Rich text={words.since} parts={{ date: <Moment at={firstUsedAt} /> }} />,
      ]}
      {...(isCurrent
        ? {}
        : {
            action: (
              <Button size="sm" isBusy={isEnding} label={words.logOutDevice(device)} onClick={onEnd}>
                {words.logOut}
              </Button>
            ),
          })}
    />
  );
}
