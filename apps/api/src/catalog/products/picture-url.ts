/** Where the sizes of pictures are served. */
export const MEDIA_PATH = "/media";

/** Address of a picture in one of its widths. */
export function pictureUrl(id: string, width = 640): string {
  return `${MEDIA_PATH}/${id}-${width}.webp`;
}
