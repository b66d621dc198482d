/** Lets a field's text begin at the side of its own script. Mantine puts a `dir` around the field. */
export const AUTO_DIRECTION = { input: { dir: "auto" } };
