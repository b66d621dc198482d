import { catalogue } from "./catalogue.ts";

/** The pictures of a product. */
export const pictureWords = catalogue({
  title: "Pictures",
  hint: "The first one is the cover. JPEG, PNG, WebP, GIF or AVIF, up to 20 MB each.",
  cover: "Cover",
  states: {
    preparing: "Preparing",
    refused: "This file can’t be used as a picture. Remove it and try another one.",
  },
  alt: "Description",
  altOf: (place: number) => `Description of picture ${place}`,
  altHint: "For people who can’t see it. Leave it empty if it’s only decoration.",
  save: "Save",
  saveOne: (place: number) => `Save description of picture ${place}`,
  saved: "Description saved",
  nameOf: (place: number) => `picture ${place}`,
  moved: (place: number, count: number) => `Picture moved: it’s number ${place} of ${count}`,
  moveFailed: "Couldn’t change the order",
  remove: "Remove",
  removeOne: (place: number) => `Remove picture ${place}`,
  removed: "Picture removed",
  removeFailed: "Couldn’t remove the picture",
});
