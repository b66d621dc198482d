import { catalogue } from "./catalogue.ts";

export const emailWords = catalogue({
  resend: "Resend email",
  resendFailed: "We couldn’t send the email",
  // True whether an email was sent or not: a repeated request sends none and gets the same answer.
  resent: (email: string) => `Check the inbox and spam folder of ${email}. We send at most one email every 5 minutes.`,
  confirmFirst: (email: string) => `Confirm your email first: we sent a link to ${email}.`,
  confirmFirstResent: (resent: string) => `Confirm your email first. ${resent}`,
  section: {
    title: "Your email",
    hint: "You log in with it, and we email you when something happens to your account.",
    verified: "Confirmed",
    notVerified: "Not confirmed",
    noMail: "This shop can’t send email, so your email can’t be confirmed or changed here. Contact the shop owner.",
    confirm: "Confirm your email with the link that we sent you when you signed up.",
    pending: "We sent a link to {email}. Until you follow it, your email stays {current}.",
    cancel: "Cancel email change",
    cancelFailed: "We couldn’t cancel it",
  },
  change: {
    open: "Change",
    cancel: "Cancel",
    label: "Change your email",
    email: "New email",
    hint: "We’ll send a link there. Your email changes when you follow it.",
    submit: "Change email",
    isSame: "That’s your email already",
    mailUnavailable: "This shop can’t send email, so a new email can’t be confirmed",
  },
});
