import type { FaultTexts } from "./validation.ts";

/** Texts of faults in links and handles. */
export const linkFaults: FaultTexts = {
  link_of_footer: "Enter a link that begins with https://, http://, mailto: or one /",
  link_of_content: "Enter a full address that begins with https://",
  too_many_links: ({ max }) => `Add at most ${max} links`,
  contact_email_invalid: "Enter a valid email address",
  handle_invalid: "Use letters from a to z, digits and single hyphens",
  handle_reserved: "This handle is reserved. Choose another one",
};
