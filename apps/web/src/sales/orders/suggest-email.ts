/** Domains that most people have their email at. The correct ones must all be here, or a neighbour is suggested. */
const USUAL = [
  ...["gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "icloud.com", "mac.com"],
  ...["yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "hotmail.co.uk", "hotmail.fr", "outlook.de", "aol.com"],
  ...["proton.me", "protonmail.com", "fastmail.com", "hey.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "web.de"],
  ...["t-online.de", "freenet.de", "orange.fr", "wanadoo.fr", "libero.it", "qq.com", "naver.com", "zoho.com"],
];
/** Domains in use that look like a slip of the ones above. */
const IN_USE = ["mail.com", "email.com", "ymail.com", "me.com", "pm.me", "gmx.ch", "gmx.fr", "mail.de", "ail.com"];
/** Shorter names have too many neighbours. */
const SHORTEST = 6;

/**
 * The email that was probably meant, if its domain is one slip away from a usual one: a letter too many, too few, wrong,
 * or two of them swapped. Otherwise null. It is a hint: the email may be right as it is.
 *
 * @example
 * suggestEmail("mira@gmial.com"); // "mira@gmail.com"
 */
export function suggestEmail(email: string): string | null {
  const [, local, domain] = /^\s*([^\s@]+)@([^\s@]+)\s*$/.exec(email) ?? [];
  if (local === undefined || domain === undefined) return null;
  const typed = domain.toLowerCase();
  if (USUAL.includes(typed) || IN_USE.includes(typed)) return null;
  const meant = USUAL.find((usual) => usual.length >= SHORTEST && isOneSlipAway(typed, usual));
  return meant === undefined ? null : `${local}@${meant}`;
}

function isOneSlipAway(typed: string, meant: string): boolean {
  let same = 0;
  while (same < meant.length && typed[same] === meant[same]) same += 1;
  const [restTyped, restMeant] = [typed.slice(same), meant.slice(same)];
  const swapped = `${restTyped[1] ?? ""}${restTyped[0] ?? ""}${restTyped.slice(2)}`;
  return (
    restTyped.slice(1) === restMeant.slice(1) ||
    restTyped.slice(1) === restMeant ||
    restTyped === restMeant.slice(1) ||
    swapped === restMeant
  );
}
