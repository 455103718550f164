#include "dtls_records.h"

#include "floe/wire/byte_reader.h"

namespace floe::sim {

std::optional<Bytes> DtlsRecord::hello_random() const {
  constexpr std::uint8_t kHandshake = 22;
  constexpr std::uint8_t kClientHello = 1;
  constexpr std::size_t kLengthAndSequence = 3 + 2;
  constexpr std::size_t kFragmentLength = 3;
  constexpr std::size_t kVersion = 2;
  if (type != kHandshake || is_protected()) return std::nullopt;
  ByteReader reader(payload);
  const bool is_hello = reader.u8() == kClientHello;
  reader.skip(kLengthAndSequence);
  const bool is_first = reader.u8() == 0 && reader.u16() == 0;
  reader.skip(kFragmentLength + kVersion);
  const Bytes random = reader.take(32);
  return is_hello && is_first && reader.ok() ? std::optional(random) : std::nullopt;
}

std::vector<DtlsRecord> dtls_records(Bytes datagram) {
  constexpr std::uint8_t kFirstType = 20;
  constexpr std::uint8_t kLastType = 23;
  constexpr std::size_t kSequenceNumber = 6;
  std::vector<DtlsRecord> records;
  ByteReader reader(datagram);
  while (reader.remaining() > 0) {
    DtlsRecord record{};
    record.type = reader.u8();
    const bool is_version = reader.u8() == 0xfe;
    reader.skip(1);
    record.epoch = reader.u16();
    reader.skip(kSequenceNumber);
    record.payload = reader.take(reader.u16());
    const bool is_type = record.type >= kFirstType && record.type <= kLastType;
    if (!reader.ok() || !is_version || !is_type) return {};
    records.push_back(record);
  }
  return records;
}

}  // namespace floe::sim
