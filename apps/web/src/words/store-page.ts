import { catalogue } from "./catalogue.ts";

export const storePageWords = catalogue({
  ownProducts: "Your products",
  empty: "No products yet",
  ownEmpty: "You haven’t added a product yet",
  add: "Add product",
  browse: "Browse other stores",
  imprint: "Legal information",
  takenDown: {
    loading: "Loading your store",
    failed: "Couldn’t load your store",
    title: "Your store was taken down",
    reason: "<b>Taken down by the shop owner:</b> {reason}",
    text: "Only you can see your store and its products. You can still change them.",
    ownProducts: "Your products",
  },
});
