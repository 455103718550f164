#include "stream_mids.h"

#include "floe/types/decimal.h"

namespace floe::signal {

std::string StreamMids::mid_of(ice::DataStreamId stream) const {
  return stream == 0 ? first_ : to_decimal(stream);
}

std::optional<ice::DataStreamId> StreamMids::stream_of(std::string_view mid) const {
  if (streams_ == 1 || mid == first_) return ice::DataStreamId{0};
  for (std::uint8_t stream = 1; stream < streams_; ++stream) {
    if (mid == to_decimal(stream)) return stream;
  }
  return std::nullopt;
}

}  // namespace floe::signal
