import { catalogue } from "./catalogue.ts";

export const passwordWords = catalogue({
  change: {
    title: "Your password",
    hint: "Changing it logs out your other devices. We’ll email you.",
    open: "Change",
    cancel: "Cancel",
    label: "Change your password",
    current: "Current password",
    new: "New password",
    wrong: "That’s not your current password",
    submit: "Change password",
  },
  forgotten: {
    title: "Forgot your password?",
    remembered: "Remembered it?",
    logIn: "Log in",
    loading: "Loading",
    noMail: "This shop can’t send email. Contact the shop owner for a link to choose a new password.",
    form: {
      label: "Forgot your password?",
      email: "Email",
      hint: "We’ll email you a link to choose a new password",
      submit: "Email me a link",
    },
    sentTitle: "Check your inbox",
    // The same whether the account exists or not.
    sent: "If {email} has an account here, you’ll get an email with a link to choose a new password. The link works once and expires in an hour.",
    notThere: "Nothing there after a few minutes? Check your spam folder or resend it.",
    resend: "Resend email",
  },
  reset: {
    title: "Choose a new password",
    loading: "Loading",
    lead: "You’ll be logged out everywhere and can log in with the new password.",
    label: "Choose a new password",
    new: "New password",
    submit: "Change password",
    done: "Your password is changed",
    newLink: "Get a new link",
  },
  confirm: {
    label: "Confirm with your password",
    wrong: "That’s not the password of this account",
    submit: "Confirm",
  },
});
