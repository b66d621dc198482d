/** Words of answers that no code of the contract stands for. */
export const answerWords = {
  takenDown: (reason: string) => `Taken down by the shop owner: ${reason}`,
  handleLimit: (times: number, days: number) => `A handle can change ${times} times in ${days} days`,
  mailSealed: "The email can’t be opened: PASSWORD_PEPPER has changed",
};
