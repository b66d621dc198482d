import { catalogue } from "./catalogue.ts";

export const setupWords = catalogue({
  title: "Set up your shop",
  run: {
    question: "Run this shop as {name}, {email}?",
    confirm: "Run this shop",
    done: "You run this shop now",
    failed: "Couldn’t set up the shop",
    otherAccount: "Use a different account? Log out, then open the link again.",
  },
  loggedOut: {
    text: "Sign up or log in with the account that runs this shop. Then you’ll come back to this page.",
    signUp: "Sign up",
    logIn: "Log in",
  },
  already: {
    text: "You already run this shop.",
    people: "People",
  },
  noKey: "Open the link that the server printed when it started. It works once and expires in a day.",
  newLink: "To get a new one, run <code>pnpm yumroad setup-link</code> on the server.",
});
