// Walks the records of one message.
//
//   RecordReader reader{message};
//   while (auto record = reader.next()) {
//     if (!*record) return fail(record->error());
//     handle(**record);
//   }
//
// Skips types that it does not know and counts them. After an error there is nothing more: where
// the next record begins cannot be trusted.
#pragma once

#include <optional>

#include "floe/tunnel/records/record.h"

namespace floe::tunnel {

class RecordReader {
 public:
  /// `message` must outlive the reader and the records it yields.
  explicit RecordReader(Bytes message);

  std::optional<Result<Record, RecordError>> next();
  /// As next(), but leaves the body to the caller, who asks no more if it is wrong.
  std::optional<Result<RawRecord, RecordError>> next_raw();

  /// Of the record that was yielded last, header included; also when it was an error.
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
