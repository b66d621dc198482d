import { useQuery } from "@tanstack/react-query";
import type { Passkey } from "@yumroad/contract";
import { ActionProblem } from "../../platform/ui/action-problem.tsx";
import { Badge } from "../../platform/ui/badge.tsx";
import { ConfirmButton } from "../../platform/ui/confirm-button.tsx";
import { Item, ItemList } from "../../platform/ui/item-list.tsx";
import { Loaded } from "../../platform/ui/loaded.tsx";
import { Ago, Moment } from "../../platform/ui/moment.tsx";
import { Section } from "../../platform/ui/section.tsx";
import { KeyIcon } from "../../platform/ui/work-icons.tsx";
import { ConfirmEmailFirst } from "../email/confirm-email-first.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { passkeysQuery, useRemovePasskey } from "./api.ts";

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
    <Section
      title="Passkeys"
      hint="Log in with your finger, your face or the PIN of a device instead of the password. No false page can get it out of you."
    >
      <Loaded result={passkeys} what="Your passkeys" isPart>
        {({ items }) => (
          <>
            <Passkeys passkeys={items} onDone={onDone} />
            {toConfirm === null ? (
              <AddPasskey onAdded={(name) => onDone(`The passkey “${name}” is added`)} />
            ) : (
              <ConfirmEmailFirst email={toConfirm} />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Passkeys({ passkeys, onDone }: { passkeys: readonly Passkey[]; onDone: (text: string) => void }) {
  const removePasskey = useRemovePasskey();
  return (
    <>
      {passkeys.length === 0 ? (
        <p>You have no passkey yet.</p>
      ) : (
        <ItemList label="Passkeys">
          {passkeys.map((passkey) => (
            <PasskeyItem
              key={passkey.handle}
              passkey={passkey}
              isRemoving={removePasskey.isPending && removePasskey.variables === passkey.handle}
              onRemove={() =>
                removePasskey.mutate(passkey.handle, {
                  onSuccess: () => onDone(`The passkey “${passkey.name}” is removed`),
                })
              }
            />
          ))}
        </ItemList>
      )}
      <ActionProblem error={removePasskey.error} text="It could not be removed" />
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
          {isSynced && <Badge>Synced</Badge>}
        </>
      }
      lines={[
        lastUsedAt === null ? (
          "Not used yet"
        ) : (
          <>
            Last used <Ago at={lastUsedAt} />
          </>
        ),
        <>
          Added <Moment at={createdAt} />
        </>,
      ]}
      action={
        <ConfirmButton
          size="sm"
          text="Remove…"
          label={`Remove… ${name}`}
          isBusy={isRemoving}
          question={{
            title: `Remove “${name}”?`,
            text: (
              <p>
                You can’t log in with it any more. Your device may still offer it: remove it there too, among its
                passwords.
              </p>
            ),
            confirm: "Remove it",
            cancel: "Keep it",
          }}
          onConfirm={onRemove}
        />
      }
    />
  );
}
