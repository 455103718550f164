// Walks the records of one message.
//
//   RecordReader reader{message};
//   while (auto record = reader.next()) {
//     if (!*record) return fail(record->error());
//     handle(**record);
//   }
//
// Skips types that it does not know and counts them. After an error it yields no more records,
// because the start of the next record is unknown.
#pragma once

#include <optional>

#include "floe/tunnel/records/record.h"

namespace floe::tunnel {

class RecordReader {
 public:
  /// `message` must outlive the reader and the records it yields.
  explicit RecordReader(Bytes message);

  std::optional<Result<Record, RecordError>> next();
  /// As next(), but the caller parses the body, and must not ask for more records if the body is
  /// wrong.
  std::optional<Result<RawRecord, RecordError>> next_raw();

  /// The size of the last record, header included, even if that record was an error.
  std::size_t record_size() const { return record_size_; }
  std::uint8_t record_type() const { return record_type_; }
  std::uint32_t unknown_records() const { return unknown_records_; }

 private:
  RecordError end_with(RecordError error);

  Bytes rest_;
  std::optional<RecordError> framing_error_;
  std::size_t record_size_ = 0;
  std::uint8_t record_type_ = 0;
  std::uint32_t unknown_records_ = 0;
};

}  // namespace floe::tunnel
