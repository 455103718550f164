#include "floe/tunnel/records/record_ref.h"

#include "floe/tunnel/records/limits.h"

namespace floe::tunnel {

void RecordRef::write(ByteWriter& out) const {
  const std::size_t start = out.size();
  out.u8(static_cast<std::uint8_t>(kind_->type));
  out.u8(kind_->flags != nullptr ? kind_->flags(record_) : std::uint8_t{0});
  out.u16(0);
  kind_->write_body(record_, out);
  out.patch_u16(start + 2, static_cast<std::uint16_t>(out.size() - start - kRecordHeaderSize));
}

std::size_t RecordRef::encoded_size() const {
  return kind_->encoded_size != nullptr ? kind_->encoded_size(record_) : 0;
}

}  // namespace floe::tunnel
