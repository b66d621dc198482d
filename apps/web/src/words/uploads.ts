import { catalogue } from "./catalogue.ts";

/** Files on their way to a product. */
export const uploadWords = catalogue({
  list: "Uploads",
  pictureList: "Uploads of pictures",
  add: "Add files",
  addPictures: "Add pictures",
  drop: "or drop them here",
  progressOf: (name: string) => `Upload of ${name}`,
  of: (received: string, size: string) => `${received} of ${size}`,
  perSecond: (bytes: string) => `${bytes}/s`,
  left: (duration: string) => `${duration} left`,
  status: {
    waiting: "Waiting",
    uploading: "Uploading",
    paused: "Paused",
    logged_out: "Log in to continue",
    finishing: "Almost done",
    failed: "Failed",
  },
  pause: "Pause",
  pauseOne: (name: string) => `Pause ${name}`,
  resume: "Resume",
  resumeOne: (name: string) => `Resume ${name}`,
  retry: "Try again",
  retryOne: (name: string) => `Try again ${name}`,
  cancel: "Cancel",
  cancelOne: (name: string) => `Cancel ${name}`,
  added: (name: string) => `“${name}” is uploaded`,
  unfinished: {
    hint: (percent: string) => `${percent} uploaded. Choose the same file to continue.`,
    choose: "Choose file",
    chooseOne: (name: string) => `Choose file ${name}`,
  },
});
