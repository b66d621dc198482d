import { catalogue } from "./catalogue.ts";

export const errorPageWords = catalogue({
  title: "Something went wrong",
  text: "We couldn’t show this page. Reloading it usually helps.",
  offlineTitle: "You’re offline",
  offline: "This page isn’t available offline.",
  reload: "Reload",
  back: "Go back",
  home: "Go home",
});
