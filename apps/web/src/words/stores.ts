import { catalogue } from "./catalogue.ts";

/** What an operator reads about stores, and about products that are taken down. */
export const storesWords = catalogue({
  page: {
    title: "Stores",
    search: "Search by name or handle",
    empty: "No stores yet",
    notFound: (q: string) => `No stores found for “${q}”.`,
    showAll: "Show all stores",
  },
  list: {
    label: "Stores",
    one: "store",
    many: "stores",
    takenDown: "Taken down",
    facts: (published: number) => `${published} published ${published === 1 ? "product" : "products"} · Since {date}`,
    reason: (reason: string) => `Reason: ${reason}`,
  },
  takeDown: {
    ask: "Take down…",
    askName: (name: string) => `Take down… ${name}`,
    title: (name: string) => `Take down ${name}?`,
    storeText: "Its page and its products disappear from the shop, and we email the owner. You can put it back.",
    productText: "It disappears from the shop, and we email the owner. You can put it back.",
    reason: "Reason",
    reasonHint: (max: number) => `The owner reads this. Up to ${max} characters.`,
    confirm: "Take down",
    cancel: "Cancel",
    done: (name: string) => `${name} is taken down`,
    failed: (name: string) => `Couldn’t take down ${name}`,
  },
  putBack: {
    putBack: "Put back",
    putBackName: (name: string) => `Put back ${name}`,
    done: (name: string) => `${name} is back`,
    failed: (name: string) => `Couldn’t put back ${name}`,
  },
  product: {
    title: "Take down a product",
    hint: "Or put back one that was taken down. We email its owner.",
    link: "Product link",
    linkHint: (host: string) => `e.g. ${host}/p/field-notes`,
    linkMissing: "Enter a product’s link",
    quoted: (name: string) => `“${name}”`,
    takeDownFailed: "Couldn’t take down this product",
    putBackFailed: "Couldn’t put back this product",
  },
  takenDown: {
    title: "Products that are taken down",
    one: "product",
    many: "products",
    facts: "{store} · Since {date}",
  },
});
