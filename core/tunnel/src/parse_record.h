// Parses the body of a record that is one of a list of kinds, and hands it on as what it is.
//
// Each end names the kinds that it has a use for: the others cost no code, and no record is copied
// on its way to whoever takes it.
#pragma once

#include "field_reader.h"
#include "floe/tunnel/record.h"

namespace floe::tunnel {

template <class R>
constexpr std::uint8_t known_flags() {
  if constexpr (requires { R::kFlags; }) {
    return R::kFlags;
  } else {
    return 0;
  }
}

/// If it is of kind R, calls `take` with it, unless something is wrong with its fields. False: it
/// is of another kind.
template <class R, class Take>
bool parse_as(RecordType type, FieldReader& fields, Take& take) {
  if (type != R::kType) return false;
  const R record = R::parse(fields);
  if (!fields.finish()) take(record);
  return true;
}

/// Calls `take` with a record of the kind that the header names, or returns what is wrong with it.
template <class... Rs, class Take>
std::optional<RecordError> parse_one_of(const RawRecord& raw, Take& take) {
  const auto type = static_cast<RecordType>(raw.header.type);
  const int flags = (0 | ... | (type == Rs::kType ? known_flags<Rs>() : 0));
  if ((raw.header.flags & ~flags) != 0) return RecordError::unknown_flags;
  FieldReader fields{raw.body, raw.header.flags};
  if (!(parse_as<Rs>(type, fields, take) || ...)) return RecordError::unknown_kind;
  return fields.finish();
}

}  // namespace floe::tunnel
