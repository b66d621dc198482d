import type { Scenario, Theme } from "../scenario.ts";

/** Promises that only a page can show. They are journeys alone. */
const seen = (name: string, rows: Scenario["rows"], seenIn: string): Scenario => ({ name, rows, seenIn });

export const pages: Theme = {
  title: "What only a page can show",
  scenarios: [
    seen(
      "the way back survives failed tries, a reload, and the switch to sign-up and back",
      ["R24"],
      "way-back.spec.ts › it survives failed tries, a reload, and the switch to sign-up and back",
    ),
    seen(
      "the way back is in the link, so another tab can use it too",
      ["R24"],
      "way-back.spec.ts › it is in the link, so another tab can use it too",
    ),
    seen("the way back is used once", ["R25"], "way-back.spec.ts › it is used once: the next log-in goes home"),
    seen("the last page tried wins", ["R25"], "way-back.spec.ts › the last page tried wins"),
    seen(
      "the guard leaves no trace in the history",
      ["R23"],
      "way-back.spec.ts › the guard leaves no trace in the history: Back goes to the page before",
    ),
    seen(
      "whoever is logged in goes on from the log-in page, and Back does not return there",
      ["R31"],
      "way-back.spec.ts › whoever is logged in goes on from the log-in and sign-up pages, and Back does not return there",
    ),
    seen(
      "a bad way back never leaves this site or blanks the page",
      ["R26", "R27"],
      "way-back.spec.ts › a bad one never leaves this site or blanks the page: it goes home",
    ),
    seen(
      "a sign-up goes back as well",
      ["R24"],
      "way-back.spec.ts › sign-up goes back as well, and home when nothing was tried",
    ),
    seen(
      "a hard reload while logged in never shows the log-in page",
      ["R29"],
      "guards.spec.ts › a hard reload while logged in never shows the log-in page",
    ),
    seen(
      "until it is known who is here, nothing flashes and nothing protected is asked for",
      ["R29"],
      "guards.spec.ts › until it is known who is here, neither the page nor the log-in form shows, and nothing protected is asked for",
    ),
    seen(
      "when it can't be known who is here, the page offers another try",
      ["R30"],
      "guards.spec.ts › when it can't be known who is here, the page says so and offers another try",
    ),
    seen(
      "being offline for a while logs nobody out",
      ["R30"],
      "guards.spec.ts › being offline for a while logs nobody out",
    ),
    seen(
      "a form half filled when the session dies is there after the log-in, and makes one product",
      ["R38"],
      "session-end.spec.ts › a form half filled when the session dies is there after the log-in, and makes one product",
    ),
    seen(
      "an expiry is noticed when one comes back to the page",
      ["R32"],
      "session-end.spec.ts › an expiry is noticed when one comes back to the page",
    ),
    seen(
      "after a log-out there is no way back to the page left",
      ["R32"],
      "session-end.spec.ts › after a log-out there is no way back to the page left",
    ),
    seen(
      "the page that was kept for one person is not opened for another",
      ["R33"],
      "session-end.spec.ts › the page that was kept for one person is not opened for another, nor is what she typed",
    ),
    seen(
      "what one person had on the screen is gone for the next one, before the server has answered",
      ["R35"],
      "session-end.spec.ts › what one person had on the screen is gone for the next one, before the server has answered",
    ),
    seen(
      "an answer that comes late is not shown to the next person",
      ["R35"],
      "session-end.spec.ts › an answer that comes late is not shown to the next person",
    ),
    seen(
      "what one person has asked for says nothing to the next one",
      ["R35"],
      "session-end.spec.ts › what one person has asked for says nothing to the next one",
    ),
    seen(
      "near its end a session is extended by one action",
      ["R39"],
      "session-end.spec.ts › near its end the session is extended by one action, and the form is as it was",
    ),
    seen(
      "a log-out in one tab takes the others home within a second",
      ["R36"],
      "tabs.spec.ts › a log-out in one tab takes the others home within a second, without a way back",
    ),
    seen(
      "a log-in in one tab is one in the others",
      ["R36"],
      "tabs.spec.ts › a log-in in one tab is one in the others, too",
    ),
    seen(
      "an unsaved form in another tab is warned about",
      ["R36"],
      "tabs.spec.ts › an unsaved form in another tab is warned about, and can be kept by logging in",
    ),
    seen(
      "without BroadcastChannel the other tab follows when one comes back to it",
      ["R36"],
      "tabs.spec.ts › without BroadcastChannel the other tab follows when one comes back to it",
    ),
    seen(
      "another person's log-in in one tab is hers in all of them",
      ["R36"],
      "tabs.spec.ts › another person's log-in in one tab is hers in all of them",
    ),
    seen(
      "a message that is none of ours does nothing to a tab",
      ["R36"],
      "tabs.spec.ts › a message that is none of ours does nothing",
    ),
    seen(
      "a page that the cache kept in spite of our headers hides itself until it knows who is here",
      ["R37"],
      "back-after-logout.bfcache.spec.ts › a page that the cache kept in spite of our headers hides itself until it knows who is here",
    ),
    seen(
      "the fields are ready for password managers, and a password can be shown",
      ["R50"],
      "accounts.spec.ts › the log-in page shows its fields, and the password when asked to",
    ),
    seen(
      "an unsaved form warns before a log-out throws it away",
      ["R38"],
      "session-end.spec.ts › an unsaved form warns before a log-out throws it away",
    ),
    seen(
      "what is wrong with a form is said at its fields, and nothing is sent",
      ["R52"],
      "accounts.spec.ts › what is wrong with a form is said at its fields, and nothing is sent",
    ),
    seen("a double click publishes once", ["R38"], "publishing.spec.ts › a double click publishes once"),
    seen(
      "the keyboard alone is enough to log in",
      ["R39"],
      "accessibility.spec.ts › the keyboard alone is enough to log in",
    ),
  ],
};
