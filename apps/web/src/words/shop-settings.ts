import { catalogue } from "./catalogue.ts";

export const shopSettingsWords = catalogue({
  page: {
    title: "Shop settings",
    what: "The shop settings",
    saved: "Shop settings saved",
    nowMarketplace: "Everyone can sell here now",
    nowMyStore: "Only operators sell here now",
  },
  form: {
    label: "Shop settings",
    save: "Save",
    versionConflict: "Someone else changed these settings. Save again to add your changes to theirs",
  },
  name: {
    title: "Name",
    name: "Shop name",
    nameHint: "Shown on every page and in emails.",
    sender: "Email sender",
    senderHint: "The name that emails are from. Leave empty to use the shop name.",
  },
  footer: {
    title: "Footer",
    hint: "Shown at the bottom of every page.",
    tagline: "Tagline",
    taglineHint: "One line about your shop.",
    legalName: "Legal name",
    legalAddress: "Postal address",
    contactEmail: "Contact email",
    showPoweredBy: "Show “Powered by Yumroad”",
  },
  links: {
    title: "Links",
    hint: "For example your imprint, terms and privacy policy.",
    text: (place: number) => `Link ${place}: text`,
    address: (place: number) => `Link ${place}: address`,
    remove: "Remove",
    removeOne: (place: number) => `Remove link ${place}`,
    add: "Add a link",
  },
  kind: {
    title: "Who can sell",
    cancel: "Cancel",
    failed: "Couldn’t change this",
    marketplace: {
      holds: "Marketplace: everyone with an account can sell here.",
      offer: "Let everyone sell…",
      title: "Let everyone sell?",
      text: "Everyone with an account can then open a store and publish products. You can change back until someone else opens a store.",
      confirm: "Let everyone sell",
    },
    my_store: {
      holds: "Your own store: only you and other operators sell here. Everyone else is a customer.",
      offer: "Let only operators sell…",
      title: "Let only operators sell?",
      text: "Everyone else can then buy here, but not sell.",
      confirm: "Let only operators sell",
    },
  },
  testMail: {
    title: "Email",
    hint: (email: string) =>
      `We’ll send a test email to ${email}. Open its link: the shop can’t take payments until you’ve confirmed that emails arrive.`,
    cannotSend: "This shop can’t send emails. Set <code>SMTP_URL</code> and <code>MAIL_FROM</code> on the server.",
    send: "Send me a test email",
    sent: (email: string) => `Sent. Open the link in it: check the inbox and spam folder of ${email}.`,
    refused: "The mail server refused the email. Its answer:",
    failed: "Couldn’t send the test email",
    what: "The state of email",
    unconfirmed: "Not confirmed yet: send yourself a test email and open its link.",
    confirmed: "Email works: confirmed on {time}.",
  },
});
