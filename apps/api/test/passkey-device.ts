export {
  addPasskey,
  type Cbor,
  createPasskeyDevice,
  loginOptions,
  type Oddities,
  type PasskeyDevice,
} from "@yumroad/scenarios";
