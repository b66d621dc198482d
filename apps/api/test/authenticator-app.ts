export { type AuthenticatorApp, createAuthenticatorApp, logInHalfway, type SetUp, setUpTotp } from "@yumroad/scenarios";
