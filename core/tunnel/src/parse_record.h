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

/// Calls `take` with a record of kind R, or returns what is wrong with it.
template <class R, class Take>
std::optional<RecordError> parse_as(const RawRecord& raw, Take& take) {
  if ((raw.header.flags & ~known_flags<R>()) != 0) return RecordError::unknown_flags;
  FieldReader fields{raw.body, raw.header.flags};
  const R record = R::parse(fields);
  const auto error = fields.finish();
  if (!error) take(record);
  return error;
}

/// As parse_as(), of the kind of these that the header names.
template <class R, class... Others, class Take>
std::optional<RecordError> parse_one_of(const RawRecord& raw, Take& take) {
  if (raw.header.type == static_cast<std::uint8_t>(R::kType)) return parse_as<R>(raw, take);
  if constexpr (sizeof...(Others) > 0) {
    return parse_one_of<Others...>(raw, take);
  } else {
    return RecordError::unknown_kind;
  }
}

}  // namespace floe::tunnel
