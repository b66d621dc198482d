// Preloaded into a server by tests (`node --import`): shifts its time of day when the test says so. The server's code
// is unchanged and reads the clock as usual.
const RealDate = Date;
let offset = Number(process.env.FAKE_CLOCK_OFFSET ?? 0);

class FakeDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...given);
  }

  static now() {
    return RealDate.now() + offset;
  }
}
Object.defineProperty(FakeDate, "name", { value: "Date" });
globalThis.Date = FakeDate;

process.on("message", (message) => {
  if (typeof message?.offset !== "number") return;
  offset = message.offset;
  process.send?.({ offset });
});
// The test's message channel must not keep a stopping server alive.
process.channel?.unref();
