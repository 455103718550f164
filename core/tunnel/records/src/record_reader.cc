#include "floe/tunnel/records/record_reader.h"

#include "floe/wire/byte_reader.h"

namespace floe::tunnel {

RecordReader::RecordReader(Bytes message) : rest_(message) {
  if (message.empty()) framing_error_ = RecordError::empty_message;
  if (message.size() > kMaxMessageSize) framing_error_ = RecordError::message_too_long;
}

std::optional<Result<Record, RecordError>> RecordReader::next() {
  const auto raw = next_raw();
  if (!raw) return std::nullopt;
  if (!*raw) return raw->error();
  auto record = parse_record(**raw);
  if (!record) rest_ = {};
  return record;
}

std::optional<Result<RawRecord, RecordError>> RecordReader::next_raw() {
  if (framing_error_) return end_with(*framing_error_);
  while (!rest_.empty()) {
    ByteReader in{rest_};
    RecordHeader header;
    header.type = in.u8();
    header.flags = in.u8();
    header.length = in.u16();
    record_type_ = header.type;
    if (!in.ok()) return end_with(RecordError::truncated_header);
    const Bytes body = in.take(header.length);
    if (!in.ok()) return end_with(RecordError::truncated_record);

    record_size_ = kRecordHeaderSize + body.size();
    rest_ = in.rest();
    if (!traits_of(header.type)) {
      ++unknown_records_;
      continue;
    }
    return RawRecord{header, body};
  }
  return std::nullopt;
}

RecordError RecordReader::end_with(RecordError error) {
  rest_ = {};
  framing_error_.reset();
  record_size_ = 0;
  return error;
}

}  // namespace floe::tunnel
