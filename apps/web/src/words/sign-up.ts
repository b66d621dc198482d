import { catalogue } from "./catalogue.ts";

export const signUpWords = catalogue({
  page: {
    title: "Create your account",
    hasAccount: "Already have an account?",
    logIn: "Log in",
    logInInstead: "Log in with this email",
    loading: "Loading",
    closed: "This shop isn’t taking new accounts.",
    ownerSeesName: "Only the shop owner sees it.",
    nameIsPrivate: "Not public. If you sell, you choose a name for your store.",
  },
  form: {
    label: "Sign up",
    name: "Name",
    email: "Email",
    remember: "Remember me",
    rememberHint: "Stay logged in on this device",
    submit: "Sign up",
  },
});
