import { catalogue } from "./catalogue.ts";

export const storeSettingsWords = catalogue({
  page: {
    title: "Your store",
    what: "Your store",
    saved: "Store saved",
    paymentsSaved: "Payment settings saved",
    noStore: "Your store opens with your first product.",
    addProduct: "Add product",
  },
  form: {
    label: "Edit your store",
    takenDown: "<b>Taken down by the shop owner:</b> {reason}",
    handleTaken: "Another store uses this handle, or used it before",
    save: "Save",
  },
  store: {
    title: "Store page",
    hint: "Everyone can see this.",
    name: "Store name",
    bio: "About your store",
    bioHint: (max: string) => `Optional. Up to ${max} characters. Markdown works: **bold**, - list, [link](https://…)`,
    handle: "Handle",
    handleHint: (address: string) =>
      `Your store is at ${address}. Links to the old handle keep working. You can change it 3 times in 30 days.`,
    formerHandles: (handles: string) => `Also leads here: ${handles}`,
  },
  legal: {
    title: "Legal information",
    hint: "Optional and public, at the foot of your store page. Many countries require it of sellers.",
    name: "Legal name",
    address: "Postal address",
    contactEmail: "Contact email",
  },
  payments: {
    title: "How buyers pay",
    hint: "Buyers see this after they order. Mark the order as paid once the money arrives. To change it, you enter your password again, and we email you.",
    label: "Payment instructions",
    labelHint: (max: string) =>
      `For example your bank details. Up to ${max} characters. Leave empty to take no payments.`,
    endsAccessOnDispute: "End access on a dispute",
    endsAccessOnDisputeHint: "The buyer gets it back if you win.",
    save: "Save payment settings",
  },
});
