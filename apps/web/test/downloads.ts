import { vi } from "vitest";

export interface Download {
  name: string;
  content: Blob;
}

/** Catches what the page hands to the browser to be saved, which jsdom can't. Ends with the test. */
export function catchDownloads(): Download[] {
  const downloads: Download[] = [];
  const contents = new Map<string, Blob>();
  vi.stubGlobal(
    "URL",
    class extends URL {
      static override createObjectURL(content: Blob): string {
        const address = `blob:http://localhost:3000/${contents.size}`;
        contents.set(address, content);
        return address;
      }
      static override revokeObjectURL(address: string): void {
        contents.delete(address);
      }
    },
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    const content = contents.get(this.href);
    if (content) downloads.push({ name: this.download, content });
  });
  return downloads;
}
