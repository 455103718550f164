#include "floe/tunnel/records/record.h"

#include "floe/tunnel/records/parse_record.h"

namespace floe::tunnel {
namespace {

template <class... Rs, class Take>
std::optional<RecordError> parse_any(const std::variant<Rs...>*, const RawRecord& raw, Take& take) {
  return parse_one_of<Rs...>(raw, take);
}

template <class R>
std::uint32_t id_in(const R& record) {
  if constexpr (requires { record.socket, record.peer; }) {
    return std::uint32_t{record.socket.value()} << 16 | record.peer.value();
  } else if constexpr (requires { record.socket; }) {
    return record.socket.value();
  } else if constexpr (requires { record.connection; }) {
    return record.connection.value();
  } else if constexpr (requires { record.lookup; }) {
    return record.lookup.value();
  } else if constexpr (requires { record.id; }) {
    return record.id;
  } else {
    return 0;
  }
}

}  // namespace

Result<Record, RecordError> parse_record(const RawRecord& raw) {
  constexpr const Record* kKinds = nullptr;
  Record record;
  const auto keep = [&](const auto& one) { record = one; };
  if (const auto error = parse_any(kKinds, raw, keep)) return *error;
  return record;
}

RecordType type_of(const Record& record) {
  return std::visit([](const auto& one) { return one.kType; }, record);
}

std::uint32_t id_of(const Record& record) {
  return std::visit([](const auto& one) { return id_in(one); }, record);
}

}  // namespace floe::tunnel
