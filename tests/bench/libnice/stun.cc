// libnice's STUN library: the same message as in floe/stun.cc, written, and read and verified.
#include <stun/stunagent.h>
#include <stun/usages/ice.h>

#include <array>
#include <string_view>

#include "libnice/rows.h"
#include "measure/clocks.h"
#include "measure/figures.h"

namespace floe::bench {
namespace {

// As long as those that Floe's agents make.
constexpr std::string_view kUsername = "abcdefgh:ijklmnop";
constexpr std::string_view kPassword = "abcdefghijklmnopqrstuvwx";

std::uint8_t* bytes_of(std::string_view text) {
  return const_cast<std::uint8_t*>(reinterpret_cast<const std::uint8_t*>(text.data()));
}

bool find_password(StunAgent*, StunMessage*, std::uint8_t*, std::uint16_t, std::uint8_t** password,
                   std::size_t* size, void*) {
  *password = bytes_of(kPassword);
  *size = kPassword.size();
  return true;
}

StunAgent make_agent() {
  static constexpr std::array<std::uint16_t, 9> kKnown = {
      STUN_ATTRIBUTE_USERNAME,      STUN_ATTRIBUTE_MESSAGE_INTEGRITY, STUN_ATTRIBUTE_PRIORITY,
      STUN_ATTRIBUTE_USE_CANDIDATE, STUN_ATTRIBUTE_ICE_CONTROLLING,   STUN_ATTRIBUTE_ICE_CONTROLLED,
      STUN_ATTRIBUTE_FINGERPRINT,   STUN_ATTRIBUTE_ERROR_CODE,        0};
  StunAgent agent;
  stun_agent_init(&agent, kKnown.data(), STUN_COMPATIBILITY_RFC5389,
                  static_cast<StunAgentUsageFlags>(STUN_AGENT_USAGE_SHORT_TERM_CREDENTIALS |
                                                   STUN_AGENT_USAGE_USE_FINGERPRINT));
  return agent;
}

/// What an agent reads of a check that it verified.
bool read(StunMessage& message) {
  std::uint32_t priority = 0;
  std::uint64_t tie_breaker = 0;
  return stun_message_find32(&message, STUN_ATTRIBUTE_PRIORITY, &priority) ==
             STUN_MESSAGE_RETURN_SUCCESS &&
         stun_message_find64(&message, STUN_ATTRIBUTE_ICE_CONTROLLING, &tie_breaker) ==
             STUN_MESSAGE_RETURN_SUCCESS &&
         stun_message_has_attribute(&message, STUN_ATTRIBUTE_USE_CANDIDATE);
}

}  // namespace

void measure_nice_stun(const Options& options) {
  const std::size_t calls = options.count("calls", 200'000);
  StunAgent agent = make_agent();
  std::array<std::uint8_t, STUN_MAX_MESSAGE_SIZE> buffer;
  StunMessage request;
  std::size_t size = 0;
  std::int64_t start = cpu_ns();
  for (std::size_t i = 0; i < calls; ++i) {
    size = stun_usage_ice_conncheck_create(
        &agent, &request, buffer.data(), buffer.size(), bytes_of(kUsername), kUsername.size(),
        bytes_of(kPassword), kPassword.size(), true, true, 0x6e7fffff, 0x123456789abcdef0, nullptr,
        STUN_USAGE_ICE_COMPATIBILITY_RFC5245);
    StunTransactionId id;
    stun_message_id(&request, id);
    stun_agent_forget_transaction(&agent, id);  // it keeps at most 200
  }
  const auto build_ns = static_cast<double>(cpu_ns() - start);
  require(size > 0, "libnice builds no request");

  StunAgent receiver = make_agent();
  std::size_t valid = 0;
  start = cpu_ns();
  for (std::size_t i = 0; i < calls; ++i) {
    StunMessage message;
    const StunValidationStatus status =
        stun_agent_validate(&receiver, &message, buffer.data(), size, find_password, nullptr);
    valid += status == STUN_VALIDATION_SUCCESS && read(message) ? 1u : 0u;
  }
  const auto read_ns = static_cast<double>(cpu_ns() - start);
  require(valid == calls, "libnice does not accept its own request");

  Figures figures;
  figures.add("build_ns", build_ns / static_cast<double>(calls));
  figures.add("read_ns", read_ns / static_cast<double>(calls));
  figures.add("bytes", static_cast<double>(size));
  figures.print();
}

}  // namespace floe::bench
