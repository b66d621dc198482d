import { catalogue } from "./catalogue.ts";

const code = "6-digit code";

export const logInWords = catalogue({
  page: {
    title: "Log in",
    codeTitle: "Two-factor authentication",
    forgot: "Forgot your password?",
    isNew: "New here?",
    signUp: "Sign up",
    otherEmail: "Use a different account",
    otherEmailFailed: "Something went wrong",
  },
  form: {
    label: "Log in",
    email: "Email",
    remember: "Remember me",
    rememberHint: "Stay logged in on this device",
    submit: "Log in",
    // The same whether the account exists or not.
    lockedHint: "If this keeps happening, check your inbox: we may have sent you a link that lets you in.",
  },
  passkey: {
    logIn: "Log in with a passkey",
    failed: "Your passkey didn’t log you in",
  },
  code: {
    label: "Two-factor authentication",
    submit: "Verify",
    totp: { label: code, hint: "From your authenticator app", use: "Use your authenticator app" },
    recovery_code: {
      label: "Recovery code",
      hint: "One of the codes you saved when you set up the app. Each works once.",
      use: "Use a recovery code",
      invalid: "Enter one of your recovery codes",
    },
  },
});
