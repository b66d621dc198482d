import { useQuery } from "@tanstack/react-query";
import type { Passkey } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Item, ItemList } from "../../platform/ui/item-list.tsx";
import { Ago, Moment } from "../../platform/ui/moment.tsx";
import { QueryBoundary } from "../../platform/ui/query-boundary.tsx";
import { Rich } from "../../platform/ui/rich.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { KeyIcon } from "../../platform/ui/work-icons.tsx";
import { passkeyWords } from "../../words/passkeys.ts";
import { ConfirmEmailFirst } from "../email/confirm-email-first.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { passkeysQuery, useRemovePasskey } from "./api.ts";

const words = passkeyWords.item;

interface PasskeyListProps {
  /** The address that must be verified before another passkey is added, or null. */
  toConfirm: string | null;
  /** Called with the text of a success. */
  onDone: (text: string) => void;
}

/** The user's passkeys for login without a password. */
export function PasskeyList({ toConfirm, onDone }: PasskeyListProps) {
  const passkeys = useQuery(passkeysQuery);
  return (
    <Section title={passkeyWords.list.title} hint={passkeyWords.list.hint}>
      <QueryBoundary result={passkeys} what={passkeyWords.list.what} isPart>
        {({ items }) => (
          <>
            <Passkeys passkeys={items} onDone={onDone} />
            {toConfirm === null ? (
              <AddPasskey onAdded={(name) => onDone(passkeyWords.list.added(name))} />
            ) : (
              <ConfirmEmailFirst email={toConfirm} />
            )}
          </>
        )}
      </QueryBoundary>
    </Section>
  );
}

function Passkeys({ passkeys, onDone }: { passkeys: readonly Passkey[]; onDone: (text: string) => void }) {
  const removePasskey = useRemovePasskey();
  return (
    <>
      {passkeys.length === 0 ? (
        <p>{passkeyWords.list.emptyText}</p>
      ) : (
        <ItemList label={passkeyWords.list.label}>
          {passkeys.map((passkey) => (
            <PasskeyItem
              key={passkey.handle}
              passkey={passkey}
              isRemoving={removePasskey.isPending && removePasskey.variables === passkey.handle}
              onRemove={() =>
                removePasskey.mutate(passkey.handle, {
                  onSuccess: () => onDone(passkeyWords.list.removed(passkey.name)),
                })
              }
            />
          ))}
        </ItemList>
      )}
      <ActionProblem error={removePasskey.error} text={passkeyWords.list.removeFailed} />
    </>
  );
}

interface PasskeyItemProps {
  passkey: Passkey;
  isRemoving: boolean;
  onRemove: () => void;
}

function PasskeyItem({ passkey, isRemoving, onRemove }: PasskeyItemProps) {
  const { name, createdAt, lastUsedAt, isSynced } = passkey;
  return (
    <Item
      icon={<KeyIcon />}
      name={
        <>
          {name}
          {isSynced && <Badge>{words.synced}</Badge>}
        </>
      }
      lines={[
        lastUsedAt === null ? words.unused : <Rich text={words.lastUsed} parts={{ ago: <Ago at={lastUsedAt} /> }} />,
        <Rich text={words.addedOn} parts={{ date: <Moment at={createdAt} /> }} />,
      ]}
      action={
        <ConfirmButton
          size="sm"
          text={words.remove}
          label={words.removeNamed(name)}
          isBusy={isRemoving}
          question={{
            title: words.removeTitle(name),
            text: <p>{words.removeText}</p>,
            confirm: words.confirm,
            cancel: words.cancel,
          }}
          onConfirm={onRemove}
        />
      }
    />
  );
}
