declare module "virtual:common-words" {
  const packed: string;
  export default packed;
}
