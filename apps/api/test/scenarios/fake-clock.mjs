// Loaded into a server before anything of its own (`node --import`), by tests alone: moves its time of day on when the
// test says so. The server knows nothing of it, and reads the clock as ever.
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
// Listening for the test must not keep a server alive that wants to stop.
process.channel?.unref();
