// Any bytes as a message of floe.tunnel.1: a record that parses must be written back as it was
// read.
#include <algorithm>
#include <cstdlib>

#include "floe/tunnel/records/record_reader.h"
#include "floe/tunnel/records/write_record.h"

using namespace floe;
using namespace floe::tunnel;

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

/// The lists inside a record were checked when it was parsed, so walking them yields all of it.
void walk(Welcome welcome) {
  const std::size_t size = welcome.addresses.size();
  std::size_t walked = 0;
  while (welcome.addresses.next()) ++walked;
  require(walked == size && welcome.addresses.encoded().empty());
}
void walk(Resolved resolved) {
  const std::size_t size = resolved.addresses.size();
  std::size_t walked = 0;
  while (resolved.addresses.next()) ++walked;
  require(walked == size && resolved.addresses.encoded().empty());
}
template <class R>
void walk(const R&) {}

template <class R>
void write_back(const R& record, Bytes original) {
  static ByteVector buffer(kMaxRecordSize);
  ByteWriter out{buffer};
  write_record(out, record);
  require(encoded_size(record) == out.size());
  require(out.ok());
  walk(record);
  // DROPPED may name a reason twice, or one of the future: it is read, but written in one way.
  if constexpr (R::kType != RecordType::dropped) require(equal(out.written(), original));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes message{data, size};
  RecordReader reader{message};
  std::size_t begin = 0;
  while (const auto record = reader.next()) {
    if (!*record) {
      require(!to_text(record->error()).empty() && !reader.next());
      break;
    }
    // Unknown records may lie between; the one read is found by its header.
    const auto header_at = [&](std::size_t at) {
      return kRecordHeaderSize + std::size_t{data[at + 2]} * 256 + data[at + 3];
    };
    while (!traits_of(data[begin])) begin += header_at(begin);
    const Bytes original = message.subspan(begin, reader.record_size());
    require(type_of(**record) == static_cast<RecordType>(original[0]));
    (void)id_of(**record);
    std::visit([&](const auto& one) { write_back(one, original); }, **record);
    begin += original.size();
  }
  return 0;
}
