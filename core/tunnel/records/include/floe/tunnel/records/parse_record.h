// Parses the body of a record that is one of a list of kinds, and hands it on as what it is.
//
// Each end names the kinds that it has a use for: the others cost no code, and no record is copied
// on its way to whoever takes it.
#pragma once

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/record.h"

namespace floe::tunnel {

template <class R>
constexpr std::uint8_t known_flags() {
  if constexpr (requires { R::kFlags; }) {
    return R::kFlags;
  } else {
    return 0;
  }
}

/// Calls `take` with a record of kind R, or returns what is wrong with its fields.
template <class R, class Take>
std::optional<RecordError> parse_as(FieldReader& fields, Take& take) {
  const R record = R::parse(fields);
  const auto error = fields.finish();
  if (!error) take(record);
  return error;
}

/// The same of the kind that the header names.
template <class... Rs, class Take>
std::optional<RecordError> parse_one_of(const RawRecord& raw, Take& take) {
  const auto type = static_cast<RecordType>(raw.header.type);
  const int flags = (0 | ... | (type == Rs::kType ? known_flags<Rs>() : 0));
  if ((raw.header.flags & ~flags) != 0) return RecordError::unknown_flags;
  FieldReader fields{raw.body, raw.header.flags};
  std::optional<RecordError> error = RecordError::unknown_kind;
  (void)((type == Rs::kType && (error = parse_as<Rs>(fields, take), true)) || ...);
  return error;
}

}  // namespace floe::tunnel
