import { catalogue } from "./catalogue.ts";

export const passkeyWords = catalogue({
  list: {
    title: "Passkeys",
    hint: "Log in with your fingerprint, face or device PIN – no password. Can’t be phished.",
    what: "Your passkeys",
    label: "Passkeys",
    emptyText: "You haven’t added a passkey yet.",
    added: (name: string) => `The passkey “${name}” is added`,
    removed: (name: string) => `The passkey “${name}” is removed`,
    removeFailed: "We couldn’t remove it",
  },
  item: {
    synced: "Synced",
    unused: "Not used yet",
    lastUsed: "Last used {ago}",
    addedOn: "Added {date}",
    remove: "Remove…",
    removeNamed: (name: string) => `Remove… ${name}`,
    removeTitle: (name: string) => `Remove “${name}”?`,
    removeText:
      "You’ll no longer be able to log in with it. Your device may still offer it: delete it there too, in its passwords.",
    confirm: "Remove passkey",
    cancel: "Cancel",
  },
  add: {
    label: "Add a passkey",
    name: "Name of the new passkey",
    hint: "So you can recognise it later.",
    submit: "Add a passkey",
    isThere: "That passkey is in your account already",
    cannot: "This browser can’t create passkeys here. Try another one, or a newer version.",
  },
});
