import { createTheme, type VariantColorsResolver } from "@mantine/core";

const NO_BORDER = "1px solid transparent";
const LINES = "1px solid var(--line-strong)";

/** The looks of buttons, by Mantine's names for them. */
const variants: Record<string, ReturnType<VariantColorsResolver>> = {
  filled: look("var(--accent)", "var(--accent-hover)", "var(--on-accent)", NO_BORDER),
  danger: look("var(--danger-fill)", "var(--danger-hover)", "var(--on-accent)", NO_BORDER),
  default: look("var(--surface-2)", "var(--surface-3)", "var(--ink-1)", LINES),
  subtle: look("transparent", "var(--accent-soft)", "var(--accent-ink)", NO_BORDER),
};
const unknown = look("transparent", "transparent", "inherit", NO_BORDER);

/** Mantine's part of the look. Its variables are in `mantine-variables.css`, and all of them come from `tokens.css`. */
export const theme = createTheme({
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    // Label, field, then its description and error, so that neighbouring fields stay in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
  },
  variantColorResolver: ({ variant }) => variants[variant] ?? unknown,
});

function look(background: string, hover: string, color: string, border: string) {
  return { background, hover, color, border };
}
