export {
  type AuthenticatorApp,
  createAuthenticatorApp,
  logInWithPasswordOnly,
  setUpTotp,
  type TotpSetup,
} from "@yumroad/scenarios";
