import * as z from "zod/mini";

/** A moment in UTC, ISO 8601 with milliseconds. */
export const Timestamp = z.iso.datetime();
