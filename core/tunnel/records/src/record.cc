#include "floe/tunnel/records/record.h"

#include "floe/tunnel/records/parse_record.h"

namespace floe::tunnel {

Result<Record, RecordError> parse_record(const RawRecord& raw) {
  Record record;
  const auto keep = [&](const auto& one) { record = one; };
  if (const auto error = parse_any(raw, keep)) return *error;
  return record;
}

RecordType type_of(const Record& record) {
  return std::visit([](const auto& one) { return one.kType; }, record);
}

std::uint32_t id_of(const Record& record) {
  return std::visit([](const auto& one) { return id_of(one); }, record);
}

}  // namespace floe::tunnel
