#include "label.h"

#include <algorithm>

#include "floe/wire/byte_reader.h"
#include "floe/wire/byte_writer.h"

namespace floe::soak {

std::uint8_t Label::fill() const {
  return static_cast<std::uint8_t>(client * 31 + session * 7 + number);
}

void Label::write(MutableBytes payload) const {
  ByteWriter out(payload);
  out.u8(kNotStun);
  out.u32(run);
  out.u32(client);
  out.u32(session);
  out.u32(number);
  out.u64(static_cast<std::uint64_t>(sent_at.time_since_epoch().count()));
  std::ranges::fill(payload.subspan(kSize), fill());
}

std::optional<Label> Label::read(Bytes payload) {
  ByteReader in(payload);
  if (in.u8() != kNotStun) return std::nullopt;
  Label label;
  label.run = in.u32();
  label.client = in.u32();
  label.session = in.u32();
  label.number = in.u32();
  label.sent_at = Timestamp(Duration(static_cast<std::int64_t>(in.u64())));
  const bool is_whole = in.ok() && std::ranges::all_of(in.rest(), [&](std::uint8_t byte) {
                          return byte == label.fill();
                        });
  if (!is_whole) return std::nullopt;
  return label;
}

}  // namespace floe::soak
