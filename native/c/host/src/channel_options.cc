#include "channel_options.h"

#include "floe/sctp/options.h"

namespace floe::c {
namespace {

std::string name_of(const char* text) {
  return text == nullptr ? "" : text;
}

/// Empty: nothing is wrong.
std::string problem_with(const floe_channel_options& options) {
  if (name_of(options.label).size() > channels::kNameSizeMax) {
    return "`label` has more than 1,024 bytes";
  }
  if (name_of(options.protocol).size() > channels::kNameSizeMax) {
    return "`protocol` has more than 1,024 bytes";
  }
  if (options.unordered > 1) return "`unordered` must be 0 or 1";
  if (options.reliability > FLOE_RELIABILITY_PACKET_LIFE_TIME) {
    return "`reliability` has no such value";
  }
  if (options.max_retransmits != 0 && options.reliability != FLOE_RELIABILITY_RETRANSMITS) {
    return "`max_retransmits` is of no use without FLOE_RELIABILITY_RETRANSMITS";
  }
  if (options.max_packet_life_time != 0 &&
      options.reliability != FLOE_RELIABILITY_PACKET_LIFE_TIME) {
    return "`max_packet_life_time` is of no use without FLOE_RELIABILITY_PACKET_LIFE_TIME";
  }
  if (options.negotiated > 1) return "`negotiated` must be 0 or 1";
  if (options.negotiated == 0 && options.id != 0) return "`id` is of no use without `negotiated`";
  if (options.id >= sctp::kStreamsMax) return "`id` must be 0 to 1023";
  return {};
}

}  // namespace

Result<channels::ChannelOptions, Refusal> read_channel_options(
    const floe_channel_options& options) {
  std::string wrong = problem_with(options);
  if (!wrong.empty()) return Refusal{FLOE_ERROR_ARGUMENT, std::move(wrong)};
  channels::ChannelOptions read{.label = name_of(options.label),
                                .protocol = name_of(options.protocol)};
  read.delivery.ordered = options.unordered == 0;
  if (options.reliability == FLOE_RELIABILITY_RETRANSMITS) {
    read.delivery.retransmissions_max = options.max_retransmits;
  } else if (options.reliability == FLOE_RELIABILITY_PACKET_LIFE_TIME) {
    read.delivery.lifetime_max = std::chrono::milliseconds(options.max_packet_life_time);
  }
  if (options.negotiated == 1) read.negotiated = channels::ChannelId(options.id);
  return read;
}

}  // namespace floe::c
