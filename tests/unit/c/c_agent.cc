#include "c/c_agent.h"

#include <catch2/catch_test_macros.hpp>

namespace floe::testing {
namespace {

void fill(void* user, std::uint8_t* bytes, std::size_t size) {
  static_cast<sim::SeededRandom*>(user)->fill({bytes, size});
}

std::string copy(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

std::string bytes_of(const floe_output& output) {
  switch (output.kind) {
    case FLOE_OUTPUT_TRANSMIT:
      return copy(output.transmit.data, output.transmit.size);
    case FLOE_OUTPUT_SIGNAL:
      return {output.signal.text, output.signal.size};
    case FLOE_OUTPUT_STATE:
      return output.state.reason == nullptr ? "" : output.state.reason;
    case FLOE_OUTPUT_DATA:
      return copy(output.data.data, output.data.size);
    case FLOE_OUTPUT_ERROR:
      return output.error.text;
    case FLOE_OUTPUT_CANDIDATE_SKIPPED:
      return std::string(output.candidate_skipped.candidate) + ": " +
             output.candidate_skipped.reason;
    case FLOE_OUTPUT_CANDIDATE_ERROR:
      return output.candidate_error.text;
    case FLOE_OUTPUT_INSECURE:
      return output.insecure.text;
    default:
      return {};
  }
}

TakenOutput::Security security_of(const floe_output& output) {
  if (output.kind == FLOE_OUTPUT_INSECURE) return {.code = output.insecure.code};
  if (output.kind != FLOE_OUTPUT_SECURE) return {};
  const floe_security& secure = output.secure;
  CHECK(secure.size == sizeof secure);
  return {.fingerprint = secure.fingerprint,
          .peer_fingerprint = secure.peer_fingerprint,
          .words = secure.words,
          .protocol = secure.protocol,
          .cipher = secure.cipher};
}

}  // namespace

floe_agent_config CAgent::configuration(sim::SeededRandom& random) {
  floe_agent_config config{};
  config.size = sizeof config;
  config.random = fill;
  config.random_user = &random;
  return config;
}

floe_address CAgent::address(const char* text) {
  floe_address address{};
  REQUIRE(floe_address_parse(text, &address) == FLOE_OK);
  return address;
}

CAgent::CAgent(const Options& options) : random_(options.seed), local_(address(options.address)) {
  floe_agent_config config = configuration(random_);
  config.role = options.role;
  config.no_trickle = options.no_trickle ? 1 : 0;
  options.configure(config);
  REQUIRE(floe_agent_create(&config, &agent_) == FLOE_OK);
}

floe_error CAgent::handle(floe_input_kind kind) {
  floe_input input{};
  input.kind = kind;
  return handle(input);
}

floe_error CAgent::add_socket(const floe_address& address, std::uint16_t component,
                              std::uint16_t preference) {
  floe_input input{};
  input.kind = FLOE_INPUT_LOCAL_SOCKET;
  input.local_socket = {address, component, preference};
  return handle(input);
}

floe_error CAgent::receive_signal(const std::string& text) {
  floe_input input{};
  input.kind = FLOE_INPUT_SIGNAL;
  input.signal = {text.data(), text.size()};
  return handle(input);
}

floe_error CAgent::receive(const std::string& bytes, const floe_address& from) {
  floe_input input{};
  input.kind = FLOE_INPUT_DATAGRAM;
  input.datagram = {local_, from, reinterpret_cast<const std::uint8_t*>(bytes.data()),
                    bytes.size()};
  return handle(input);
}

floe_error CAgent::send(const std::string& bytes, std::uint16_t component) {
  floe_input input{};
  input.kind = FLOE_INPUT_SEND;
  input.send = {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), component};
  return handle(input);
}

floe_error CAgent::close(const char* reason) {
  floe_input input{};
  input.kind = FLOE_INPUT_CLOSE;
  input.close.reason = reason;
  return handle(input);
}

void CAgent::start() {
  REQUIRE(handle(FLOE_INPUT_START_GATHERING) == FLOE_OK);
  REQUIRE(add_socket(local_) == FLOE_OK);
  REQUIRE(handle(FLOE_INPUT_END_OF_LOCAL_SOCKETS) == FLOE_OK);
}

std::vector<TakenOutput> CAgent::take() {
  std::vector<TakenOutput> taken;
  floe_output output;
  while (!floe_agent_poll(agent_, &output) && output.kind != FLOE_OUTPUT_NONE) {
    taken.push_back({output, bytes_of(output), security_of(output)});
  }
  return taken;
}

std::vector<TakenOutput> CAgent::take(floe_output_kind kind) {
  auto taken = take();
  std::erase_if(taken, [&](const TakenOutput& output) { return !output.is(kind); });
  return taken;
}

floe_counters CAgent::counters() const {
  floe_counters counters{};
  counters.size = sizeof counters;
  REQUIRE(floe_agent_count(agent_, &counters) == FLOE_OK);
  return counters;
}

}  // namespace floe::testing
