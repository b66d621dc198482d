import { defineEntity, p } from "@mikro-orm/core";

/** A key and a value about the installation as a whole, stored with its data. */
export const SettingEntity = defineEntity({
  name: "Setting",
  tableName: "settings",
  properties: {
    key: p.string().length(60).primary(),
    value: p.text(),
  },
});
