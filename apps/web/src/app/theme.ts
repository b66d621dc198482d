import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const berry: MantineColorsTuple = [
  "#fdf1f5",
  "#f7dfe8",
  "#ebbccd",
  "#df96b1",
  "#d47599",
  "#c95684",
  "#a83a68",
  "#7f2249",
  "#8d3158",
  "#5c1533",
];

/** The app's look. axe accepts these contrast values in both schemes; Mantine's own fail. */
export const theme = createTheme({
  colors: { berry },
  primaryColor: "berry",
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif',
  headings: {
    fontFamily:
      '"Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, "Book Antiqua", Georgia, serif',
    fontWeight: "600",
  },
  components: {
    // Label, field, then its description and error, so that neighbouring fields stay in line.
    InputWrapper: { defaultProps: { inputWrapperOrder: ["label", "input", "description", "error"] } },
  },
  // Mantine's own light and outline colours are too pale on this background.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant === "default")
      return { ...colors, background: "var(--y-surface)", border: "1px solid var(--y-line-strong)" };
    if (input.variant === "subtle") return { ...colors, color: "var(--y-link)", hover: "var(--y-tint)" };
    return colors;
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#fbf8f4",
    "--mantine-color-text": "#241c20",
    "--mantine-color-error": "#b3261e",
    "--mantine-color-dimmed": "#5f565b",
    "--mantine-color-placeholder": "#6f666b",
    "--mantine-color-default-border": "#8f848a",
    "--y-surface": "#ffffff",
    "--y-sunken": "#f3ede6",
    "--y-line": "#e7ded5",
    "--y-line-strong": "#8f848a",
    "--y-link": "#7f2249",
    "--y-tint": "#f7e9ee",
    "--y-good": "#1f6b45",
    "--y-warn-bg": "#fdf3dc",
    "--y-bad-bg": "#fcebe9",
  },
  dark: {
    "--mantine-color-body": "#17131a",
    "--mantine-color-text": "#ece6e9",
    "--mantine-color-error": "#ff9a92",
    "--mantine-color-dimmed": "#b5abb1",
    "--mantine-color-placeholder": "#a1979d",
    "--mantine-color-default-border": "#847a86",
    "--y-surface": "#211b24",
    "--y-sunken": "#1c171f",
    "--y-line": "#38303b",
    "--y-line-strong": "#847a86",
    "--y-link": "#f0a5c1",
    "--y-tint": "#33222d",
    "--y-good": "#7fd3a6",
    "--y-warn-bg": "#362b18",
    "--y-bad-bg": "#3b1f22",
  },
});
