import { catalogue } from "./catalogue.ts";

export const reauthDialogWords = catalogue({
  title: "Confirm it’s you",
  lead: "For your security, please enter your password again.",
  passkey: "Use a passkey",
  passkeyFailed: "Something went wrong",
  confirm: "Confirm",
  cancel: "Cancel",
  code: "6-digit code",
  codeHint: "From your authenticator app, or a recovery code",
  wrong: "That password is incorrect",
});
