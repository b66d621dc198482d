import { catalogue } from "./catalogue.ts";

export const peopleWords = catalogue({
  page: {
    title: "People",
    search: "Search by email",
    notFound: (q: string) => `No one found for “${q}”.`,
    showAll: "Show everyone",
  },
  list: {
    label: "People",
    one: "person",
    many: "people",
    operator: "Operator",
    disabled: "Disabled",
    since: "Since {date}",
  },
  disable: {
    ask: "Disable…",
    askName: (name: string) => `Disable… ${name}`,
    title: (name: string) => `Disable ${name}?`,
    text: "They’re logged out everywhere and can’t log in, and nobody can buy their products. You can enable them again.",
    confirm: "Disable",
    cancel: "Cancel",
    done: (name: string) => `${name} is disabled`,
    failed: (name: string) => `Couldn’t disable ${name}`,
  },
  enable: {
    enable: "Enable",
    enableName: (name: string) => `Enable ${name}`,
    done: (name: string) => `${name} can log in again`,
    failed: (name: string) => `Couldn’t enable ${name}`,
  },
  logOut: {
    ask: "Log out all devices…",
    askName: (name: string) => `Log out all devices… of ${name}`,
    title: (name: string) => `Log out all devices of ${name}?`,
    text: "They’re logged out everywhere, and can log in again.",
    confirm: "Log out all devices",
    cancel: "Cancel",
    done: (name: string) => `${name} is logged out everywhere`,
    failed: (name: string) => `Couldn’t log out ${name}`,
  },
});
