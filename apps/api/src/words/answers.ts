/** Words of answers that no code of the contract stands for. */
export const answerWords = {
  takenDown: (reason: string) => `Taken down by the shop owner: ${reason}`,
  priceUnchecked: "Check the price and save it before you publish",
  handleLimit: (times: number, days: number) => `A handle can change ${times} times in ${days} days`,
  handleReserved: "This handle is reserved. Choose another one",
  tooManyPasskeys: (most: number) => `You have ${most} passkeys already: remove one first`,
  codeMissing: "Enter the code of your authenticator app, or a recovery code",
  mailSealed: "The email can’t be opened: PASSWORD_PEPPER has changed",
};
