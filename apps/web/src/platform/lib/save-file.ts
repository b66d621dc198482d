/** Makes the browser download content of the page under a name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Delayed, because the browser starts reading it after this call.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
