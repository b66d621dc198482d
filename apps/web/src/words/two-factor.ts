import { catalogue } from "./catalogue.ts";

const FEW = 3;

export const twoFactorWords = catalogue({
  title: "Two-factor authentication",
  hint: "Add a code from your phone to your password.",
  what: "Two-factor authentication",
  off: "Status: Off",
  on: "Status: On since {date}. {codesLeft}",
  codesLeft(count: number) {
    if (count === 0) return "You have no recovery codes left: create new ones.";
    const left = count === 1 ? "One recovery code is left" : `${count} recovery codes are left`;
    return count <= FEW ? `${left}: create new ones soon.` : `${left}.`;
  },
  turnedOn: "Two-factor authentication is on",
  turnedOff: "Two-factor authentication is off",
  codesRenewed: "Your old recovery codes no longer work",
  setUp: "Set up an authenticator app",
  setUpFailed: "We couldn’t set it up",
  renew: "Create new codes",
  renewFailed: "We couldn’t create new codes",
  turnOff: "Turn off…",
  turnOffTitle: "Turn off two-factor authentication?",
  turnOffText: "You’ll log in with your password alone, and your recovery codes will no longer work.",
  confirmTurnOff: "Turn off two-factor authentication",
  cancel: "Cancel",
  turnOffFailed: "We couldn’t turn it off",
  app: {
    label: "Set up an authenticator app",
    title: "Scan this with your authenticator app",
    qrCode: "QR code for your authenticator app",
    byHand: "Or type this key into it:",
    copyKey: "Copy key",
    code: "6-digit code",
    codeHint: "From your authenticator app. It changes every 30 seconds.",
    wrong: "That code is incorrect. Wait for the next one and try again",
    turnOn: "Turn on",
    cancel: "Cancel",
  },
  codes: {
    title: "Save your recovery codes",
    lead: "Each code works once if you lose your phone. Store them somewhere safe.",
    once: "You won’t see them again.",
    label: "Recovery codes",
    copyAll: "Copy all",
    download: "Download",
    saved: "I’ve saved them",
    unsaved: "You won’t see your recovery codes again. Without them, losing your phone may lock you out.",
    fileIntro: (shop: string) =>
      `Recovery codes${shop && ` for ${shop}`}. Each works once, in place of a code from your authenticator app.`,
  },
});
