// Parses the body of a record of one of several kinds, and hands it to a handler as that kind.
//
// An end that lists only the kinds it needs saves the code of the other kinds. No record is copied
// on its way to its handler.
#pragma once

#include "floe/tunnel/records/field_reader.h"
#include "floe/tunnel/records/record.h"

namespace floe::tunnel {

/// Calls `handle` with a record of kind R, or returns the error in its fields.
template <class R, class Handle>
std::optional<RecordError> parse_as(FieldReader& fields, Handle& handle) {
  R record;
  R::fields(fields, record);
  const auto error = fields.finish();
  if (!error) handle(static_cast<const R&>(record));
  return error;
}

/// The same for the kind that the header names.
template <class... Rs, class Handle>
std::optional<RecordError> parse_one_of(const RawRecord& raw, Handle& handle) {
  const auto type = static_cast<RecordType>(raw.header.type);
  FieldReader fields{raw.body, raw.header.flags};
  std::optional<RecordError> error = RecordError::unknown_value;
  (void)((type == Rs::kType && (error = parse_as<Rs>(fields, handle), true)) || ...);
  return error;
}

template <class... Rs, class Handle>
std::optional<RecordError> parse_alternative(const std::variant<Rs...>*, const RawRecord& raw,
                                             Handle& handle) {
  return parse_one_of<Rs...>(raw, handle);
}

/// The same for a record of any kind.
template <class Handle>
std::optional<RecordError> parse_any(const RawRecord& raw, Handle& handle) {
  return parse_alternative(static_cast<const Record*>(nullptr), raw, handle);
}

}  // namespace floe::tunnel
