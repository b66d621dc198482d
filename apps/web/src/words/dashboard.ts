import { catalogue } from "./catalogue.ts";

export const dashboardWords = catalogue({
  title: "Dashboard",
  library: "Library",
  add: "Add a product",
  loading: "Loading your products",
  recent: "Recent products",
  seeAll: "See all",
  emptyText: "You haven’t added a product yet",
  steps: {
    title: "Getting started",
    count: (done: number, all: number) => `${done} of ${all} done`,
    done: " (done)",
    add: "Add your first product",
    publish: "Publish it",
    view: "View your store",
  },
});
