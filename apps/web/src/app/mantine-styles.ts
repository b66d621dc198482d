// Mantine's styles, piece by piece in a cascade layer, so that the app's own styles win whatever their order or
// specificity. The styles of lazily loaded parts (menu, dialog) are imported next to them.
import "@mantine/core/styles/baseline.layer.css";
import "./mantine-variables.css";
import "@mantine/core/styles/global.layer.css";
import "@mantine/core/styles/UnstyledButton.layer.css";
import "@mantine/core/styles/Button.layer.css";
import "@mantine/core/styles/Input.layer.css";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
