#include "waiting_host.h"

#include <algorithm>

#include "floe/wire/byte_reader.h"
#include "waiting_imports.h"

namespace floe::wasm {
namespace {

/// Nothing waits for longer at a time; the caller asks again.
constexpr Duration kWaitMax = std::chrono::seconds(1);

}  // namespace

void WaitingHost::wait(Timestamp deadline) {
  const Timestamp end = std::min({deadline, host_.timers.deadline(), now() + kWaitMax});
  const double wait_ms = static_cast<double>((end - now()).count()) / 1000;
  ByteVector batch(floe_tool_wait(host_.events.batch(), std::max(wait_ms, 0.0)));
  if (!batch.empty()) floe_tool_take(batch.data());
  turn();
  handle(batch);
}

void WaitingHost::turn() {
  host_.events.clear();
  host_.clock.push(Timestamp(Duration(static_cast<std::int64_t>(floe_tool_now()))));
  host_.timers.run(now());
}

void WaitingHost::handle(Bytes batch) {
  ByteReader in(batch);
  while (in.remaining() > 0) {
    const std::uint32_t size = in.u32();
    in.take(4);  // the handle: there is one network
    const auto command = static_cast<Command>(in.u16());
    const std::uint16_t extra = in.u16();
    CommandReader fields(in.take(size));
    if (!in.ok()) return;
    if (command != Command::system_create) network_.handle_command(command, extra, fields);
  }
}

}  // namespace floe::wasm
