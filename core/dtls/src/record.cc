#include "record.h"

#include "floe/wire/byte_reader.h"

namespace floe::dtls {

std::optional<Record> take_record(Bytes& datagram) {
  constexpr std::size_t kVersionSize = 2;
  constexpr std::size_t kSequenceNumberSize = 6;
  ByteReader reader(datagram);
  const auto type = static_cast<ContentType>(reader.u8());
  reader.skip(kVersionSize);
  const std::uint16_t epoch = reader.u16();
  reader.skip(kSequenceNumberSize);
  const std::uint16_t length = reader.u16();
  const Bytes payload = reader.take(length);
  if (!reader.ok()) return std::nullopt;
  const std::size_t size = datagram.size() - reader.remaining();
  const Record record{type, epoch, payload, datagram.first(size)};
  datagram = datagram.subspan(size);
  return record;
}

}  // namespace floe::dtls
