import { catalogue } from "./catalogue.ts";

/** The frame around every page. */
export const appWords = catalogue({
  loading: "Loading",
  sessionUnknown: "We can’t tell right now if you’re logged in",
  shell: {
    skip: "Skip to content",
    searchLabel: "Search products",
    navLabel: "Main",
    browse: "Browse",
    search: "Search",
    home: "Home",
    logIn: "Log in",
    signUp: "Sign up",
  },
  footer: {
    poweredBy: "Powered by Yumroad – open-source, self-hosted.",
    label: "Links",
    findPurchases: "Find your purchases",
    withdraw: "Withdraw from contract here",
    demoInbox: "Demo inbox",
  },
  theme: { label: "Theme", auto: "System", light: "Light", dark: "Dark" },
  notices: {
    offline: "You’re offline. We’ll reconnect automatically.",
    dismiss: "Dismiss",
    accountKept: "Your account stays",
  },
  session: {
    stayed: "You stay logged in",
    hereOnly: "You’re logged out in this browser, but the server couldn’t end the log-in yet.",
    loggingOut: "Logging you out…",
    stillLoggedIn: (reason: string) => `You’re still logged in. ${reason}`,
  },
});
