#include "ice/hand_driven_agent.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <stdexcept>
#include <utility>

#include "floe/stun/attributes/address.h"
#include "floe/stun/attributes/error_code.h"
#include "floe/stun/message_builder.h"
#include "ice/string_makers.h"
#include "stun/hex.h"

namespace floe::testing {
namespace {

constexpr std::size_t kIntegrityRoom = stun::attribute_size(20);
constexpr std::size_t kFingerprintRoom = stun::attribute_size(4);

std::string hex_id(std::uint64_t number) {
  std::array<std::uint8_t, 12> id{0xee};
  for (std::size_t i = 0; i < 8; ++i) {
    id[11 - i] = static_cast<std::uint8_t>(number >> (8 * i) & 0xff);
  }
  return to_hex(id);
}

ByteVector u32(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 24), static_cast<std::uint8_t>(value >> 16 & 0xff),
          static_cast<std::uint8_t>(value >> 8 & 0xff), static_cast<std::uint8_t>(value & 0xff)};
}

ByteVector u64(std::uint64_t value) {
  ByteVector bytes = u32(static_cast<std::uint32_t>(value >> 32));
  const ByteVector low = u32(static_cast<std::uint32_t>(value & 0xffffffff));
  bytes.insert(bytes.end(), low.begin(), low.end());
  return bytes;
}

template <class T>
ByteVector respond(stun::Class message_class, const Sent& request, const T& attribute,
                   const HmacSha1& key) {
  std::array<std::uint8_t, stun::kMessageSizeMax> buffer;
  stun::MessageBuilder builder(buffer, message_class, stun::Method::binding,
                               request.message().transaction_id());
  const Bytes bytes =
      builder.add(attribute).add_message_integrity(key).add_fingerprint().finish().value();
  return {bytes.begin(), bytes.end()};
}

}  // namespace

const TransportAddress HandDrivenAgent::kLocal = *TransportAddress::parse("192.0.2.1:1000");
const TransportAddress HandDrivenAgent::kPeer = *TransportAddress::parse("198.51.100.2:2000");
const TransportAddress HandDrivenAgent::kOther = *TransportAddress::parse("203.0.113.3:3000");

stun::MessageView Sent::message() const {
  auto view = stun::MessageView::parse(payload);
  if (!view) throw std::runtime_error("the agent sent what is no STUN");
  return *view;
}

bool Sent::is(stun::Class message_class) const {
  const auto view = stun::MessageView::parse(payload);
  return view && view->message_class() == message_class;
}

HandDrivenAgent::HandDrivenAgent(ice::AgentConfig config, std::uint64_t seed, Timestamp start)
    : random_(seed),
      agent_(config, random_, crypto_),
      peer_key_(crypto_.hmac_sha1(as_bytes(peer_.password))),
      own_key_(crypto_.hmac_sha1(as_bytes(agent_.local_credentials().password))),
      now_(start) {}

void HandDrivenAgent::add_socket(const TransportAddress& base, std::uint16_t local_preference,
                                 ice::ComponentId component) {
  add_socket(ice::LocalSocket{component, base, local_preference});
}

void HandDrivenAgent::add_socket(const ice::LocalSocket& socket) {
  REQUIRE(agent_.add_local_socket(now_, socket) == ice::AddCandidateResult::added);
  drain();
}

bool HandDrivenAgent::describe_peer() {
  return describe_peer(false, {.ice2 = true});
}

bool HandDrivenAgent::describe_peer(bool lite, ice::IceOptions options) {
  // The peer proposes the same Ta as the agent, which then stays.
  const Duration ta = agent_.config().pacing.ta;
  const bool accepted = agent_.set_remote_description(now_, {peer_, lite, options, ta});
  drain();
  return accepted;
}

ice::AddCandidateResult HandDrivenAgent::add_peer_candidate(const TransportAddress& address,
                                                            ice::CandidateType type,
                                                            std::uint32_t priority,
                                                            std::string_view foundation) {
  ice::Candidate candidate;
  candidate.type = type;
  candidate.priority = priority;
  candidate.foundation = *ice::Foundation::parse(foundation);
  candidate.address = address;
  candidate.base = address;
  const auto result = agent_.add_remote_candidate(now_, candidate);
  drain();
  return result;
}

void HandDrivenAgent::start() {
  add_socket();
  agent_.start_gathering(now_);
  agent_.end_of_local_sockets(now_);
  REQUIRE(describe_peer());
  REQUIRE(add_peer_candidate() == ice::AddCandidateResult::added);
}

void HandDrivenAgent::connect() {
  start();
  answer_checks();
  if (agent_.role() == ice::Role::controlled) {
    PeerRequest nominating;
    nominating.role = ice::Role::controlling;
    nominating.use_candidate = true;
    receive(request(nominating));
  }
  answer_checks();
  REQUIRE(agent_.selected_pair(1));
  sent_.clear();
  events_.clear();
}

void HandDrivenAgent::receive(Bytes datagram, const TransportAddress& from,
                              const TransportAddress& to) {
  agent_.handle_datagram(now_, to, from, datagram);
  drain();
}

ByteVector HandDrivenAgent::request(const PeerRequest& request) {
  RawMessage raw(0x0001, hex_id(next_id_++));
  raw.text(0x0006, request.username.value_or(username_for_us()));
  if (request.priority) raw.attribute(0x0024, Bytes(u32(*request.priority)));
  if (request.has_role) {
    raw.attribute(request.role == ice::Role::controlling ? 0x802a : 0x8029,
                  Bytes(u64(request.tie_breaker)));
  }
  if (request.use_candidate) raw.attribute(0x0025, Bytes());
  if (request.nomination) raw.attribute(0xC001, Bytes(u32(*request.nomination)));
  if (request.unknown_attribute) raw.attribute(*request.unknown_attribute, Bytes());
  const std::size_t seals = kFingerprintRoom + (request.is_signed ? kIntegrityRoom : 0);
  if (request.size != 0) raw.fill(request.size - seals);
  if (request.is_signed) {
    const std::string& password = agent_.local_credentials().password;
    raw.integrity(*crypto_.hmac_sha1(as_bytes(request.password.value_or(password))));
  }
  return raw.fingerprint().bytes();
}

ByteVector HandDrivenAgent::success_for(const Sent& request, const TransportAddress& mapped,
                                        std::size_t size) const {
  ByteVector bytes =
      respond(stun::Class::success, request, stun::XorMappedAddress{mapped}, *peer_key_);
  if (size == 0) return bytes;
  const Bytes value =
      *stun::MessageView::parse(bytes)->find(stun::AttributeType::xor_mapped_address);
  RawMessage raw(0x0101, to_hex(request.message().transaction_id()));
  raw.attribute(0x0020, value).fill(size - kIntegrityRoom - kFingerprintRoom);
  return raw.integrity(*peer_key_).fingerprint().bytes();
}

ByteVector HandDrivenAgent::error_for(const Sent& request, std::uint16_t code) const {
  return respond(stun::Class::error, request, stun::ErrorCode{code, "no"}, *peer_key_);
}

void HandDrivenAgent::answer_checks() {
  for (const Sent& check : take_requests()) {
    if (check.remote == kPeer) receive(success_for(check, check.local));
  }
}

void HandDrivenAgent::answer(const Sent& request) {
  receive(success_for(request, request.local), request.remote, request.local);
}

void HandDrivenAgent::answer_everything() {
  for (const Sent& request : take_requests()) answer(request);
}

void HandDrivenAgent::run_until(Timestamp end) {
  int turns_without_progress = 0;
  while (agent_.deadline() <= end) {
    const Timestamp deadline = agent_.deadline();
    turns_without_progress = deadline > now_ ? 0 : turns_without_progress + 1;
    // A deadline may come twice for two things; more is a busy loop.
    REQUIRE(turns_without_progress < 3);
    now_ = std::max(now_, deadline);
    agent_.handle_timeout(now_);
    drain();
  }
  now_ = end;
}

void HandDrivenAgent::drain() {
  while (auto output = agent_.poll_output()) {
    if (const auto* transmit = std::get_if<ice::Transmit>(&*output)) {
      sent_.push_back({transmit->local, transmit->remote,
                       ByteVector(transmit->payload.begin(), transmit->payload.end()), now_});
      continue;
    }
    const ice::Event& event = *std::get_if<ice::Event>(&*output);
    if (const auto* data = std::get_if<ice::DataReceived>(&event)) {
      data_.emplace_back(as_text(data->payload));
    }
    events_.push_back(event);
  }
}

std::vector<Sent> HandDrivenAgent::take_sent() {
  return std::exchange(sent_, {});
}

std::vector<Sent> HandDrivenAgent::take(stun::Class message_class) {
  std::vector<Sent> taken;
  std::vector<Sent> left;
  for (Sent& sent : sent_) (sent.is(message_class) ? taken : left).push_back(std::move(sent));
  sent_ = std::move(left);
  return taken;
}

std::vector<ice::Event> HandDrivenAgent::take_events() {
  return std::exchange(events_, {});
}

std::vector<std::string> HandDrivenAgent::take_data() {
  return std::exchange(data_, {});
}

}  // namespace floe::testing
