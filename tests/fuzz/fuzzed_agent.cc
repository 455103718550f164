#include "fuzzed_agent.h"

#include <algorithm>
#include <string>
#include <utility>

#include "check_list.h"
#include "floe/ice/candidate_grammar.h"
#include "floe/ice/limits.h"
#include "invariant.h"
#include "stun/hex.h"

namespace floe::fuzz {
namespace {

/// An input may set free what waited: a check a pair, an announcement a socket, some events.
constexpr std::size_t kOutputsPerInputMax = ice::kPairsMax + ice::kLocalCandidatesMax + 16;
constexpr std::size_t kRequestsKept = 32;

ByteVector big_endian(std::uint64_t value, std::size_t size) {
  ByteVector bytes(size);
  for (std::size_t i = size; i > 0; --i, value >>= 8) {
    bytes[i - 1] = static_cast<std::uint8_t>(value & 0xff);
  }
  return bytes;
}

ice::AgentConfig config_of(FuzzedInput& input, bool& has_payload) {
  ice::AgentConfig config;
  const std::uint8_t choices = input.u8();
  const std::uint8_t more = input.u8();
  config.role = (choices & 1) != 0 ? ice::Role::controlled : ice::Role::controlling;
  config.components = static_cast<ice::ComponentId>(1 + (choices >> 1 & 1));
  config.pacing.strict = (choices & 4) != 0;
  config.streams = static_cast<std::uint8_t>(1 + (choices >> 3 & 1));
  config.nomination = static_cast<ice::NominationMode>((choices >> 4 & 3) % 3);
  if ((more & 7) == 7) config.implementation = ice::Implementation::lite;
  has_payload = (more & 0x40) != 0;
  if ((more & 0x38) == 0x38) config.policy = ice::CandidatePolicy::relay;
  return config;
}

/// What fits the other: one stream and component a side is enough for the peer, since candidates
/// of others are then refused.
ice::AgentConfig peer_of(const ice::AgentConfig& config, FuzzedInput& input) {
  ice::AgentConfig peer = config;
  peer.role = ice::opposite(config.role);
  peer.policy = ice::CandidatePolicy::all;
  const bool lite = input.below(4) == 0;
  peer.implementation = lite ? ice::Implementation::lite : ice::Implementation::full;
  return peer;
}

const TransportAddress kAgentAddress{IpAddress::v4(192, 0, 2, 1), 1};
const TransportAddress kPeerAddress{IpAddress::v4(198, 51, 100, 1), 1000};
const TransportAddress kServerAddress{IpAddress::v4(198, 51, 100, 1), 3478};

}  // namespace

FuzzedAgent::FuzzedAgent(FuzzedInput& input)
    : input_(input),
      agent_(config_of(input, has_payload_), random_, crypto_),
      honest_(peer_of(agent_.config(), input), random_, crypto_),
      peer_(honest_.local_credentials()) {
  peer_key_ = crypto_.hmac_sha1(as_bytes(peer_.password));
  agent_.set_payload(has_payload_ ? &payload_ : nullptr);
  honest_.set_payload(has_payload_ ? &payload_of_honest_ : nullptr);
  reach_state();
}

/// Where a run begins: any state that two honest agents come through.
void FuzzedAgent::reach_state() {
  static constexpr Duration kSpans[] = {0ms, 1ms, 30ms, 130ms, 1s, 5s, 13s, 29s};
  const std::size_t choice = input_.below(9);
  if (choice == 0) return;
  introduce();
  exchange(kSpans[choice - 1]);
  if (input_.below(4) == 0) {
    agent_.restart(now_);
    drain();
  }
}

void FuzzedAgent::introduce() {
  agent_.start_gathering(now_);
  if (input_.flag()) agent_.add_stun_server(now_, kServerAddress);
  agent_.add_local_socket(now_, 1, kAgentAddress, 65535);
  sockets_.push_back(kAgentAddress);
  honest_.add_local_socket(now_, 1, kPeerAddress, 65535);
  agent_.set_remote_description(
      now_,
      {peer_, honest_.config().implementation == ice::Implementation::lite, honest_.ice_options()});
  honest_.set_remote_description(
      now_, {agent_.local_credentials(),
             agent_.config().implementation == ice::Implementation::lite, agent_.ice_options()});
  for (const ice::Candidate& candidate : honest_.local_candidates()) {
    agent_.add_remote_candidate(now_, candidate);
  }
  for (const ice::Candidate& candidate : agent_.local_candidates()) {
    honest_.add_remote_candidate(now_, candidate);
  }
}

/// Datagrams go both ways, for `span` or until both wait for what is later.
void FuzzedAgent::exchange(Duration span) {
  const Timestamp end = now_ + span;
  for (int turn = 0; turn < 300; ++turn) {
    drain();
    for (const ByteVector& datagram : std::exchange(to_peer_, {})) {
      honest_.handle_datagram(now_, kPeerAddress, kAgentAddress, datagram);
    }
    std::vector<ByteVector> answers;
    while (const auto output = honest_.poll_output()) {
      const auto* sent = std::get_if<ice::Transmit>(&*output);
      if (sent != nullptr) answers.emplace_back(sent->payload.begin(), sent->payload.end());
    }
    for (const ByteVector& datagram : answers) {
      agent_.handle_datagram(now_, kAgentAddress, kPeerAddress, datagram);
      drain();
    }
    if (!answers.empty() || !to_peer_.empty()) continue;
    const Timestamp next = std::min(agent_.deadline(), honest_.deadline());
    if (next > end) break;
    now_ = std::max(now_, next);
    agent_.handle_timeout(now_);
    drain();
    honest_.handle_timeout(now_);
  }
  now_ = std::max(now_, end);
}

void FuzzedAgent::step() {
  switch (input_.below(11)) {
    case 0:
      pass_time();
      break;
    case 1:
      reach_deadline();
      break;
    case 2:
      receive_bytes();
      break;
    case 3:
      receive_request();
      break;
    case 4:
      receive_request();
      break;
    case 5:
      receive_response();
      break;
    case 6:
      receive_response();
      break;
    case 7:
      receive_data();
      break;
    case 8:
      input_.flag() ? change_candidates() : change_sockets();
      break;
    case 9:
      change_generation();
      break;
    case 10:
      receive_from_server();
      break;
  }
  drain();
  check_limits();
}

void FuzzedAgent::pass_time() {
  now_ += Duration(input_.u32() % 40'000'000);
  if (input_.flag()) agent_.handle_timeout(now_);
}

void FuzzedAgent::reach_deadline() {
  const Timestamp deadline = agent_.deadline();
  if (deadline == kNever) return;
  now_ = std::max(now_, deadline);
  agent_.handle_timeout(now_);
}

void FuzzedAgent::run_out() {
  int turns_without_progress = 0;
  const Timestamp end = now_ + 120s;
  while (agent_.deadline() <= end) {
    const bool progress = agent_.deadline() > now_;
    turns_without_progress = progress ? 0 : turns_without_progress + 1;
    expect(turns_without_progress < 3, "a deadline that was handled comes back");
    reach_deadline();
    drain();
  }
  check_limits();
}

TransportAddress FuzzedAgent::peer_address() {
  const std::uint8_t choice = input_.u8();
  if (choice >= 250) return {IpAddress::any(Family::ipv6), choice};
  // Most of the time one of a few, so that something comes of it.
  return {IpAddress::v4(198, 51, 100, choice < 200 ? 1 : choice),
          static_cast<std::uint16_t>(1000 + (choice & 7))};
}

TransportAddress FuzzedAgent::socket_address() {
  const std::uint8_t choice = input_.u8();
  return {IpAddress::v4(192, 0, 2, static_cast<std::uint8_t>(1 + (choice & 1))),
          static_cast<std::uint16_t>(1 + (choice >> 1 & 63))};
}

void FuzzedAgent::receive(Bytes datagram, const TransportAddress& from) {
  const TransportAddress to =
      sockets_.empty() ? socket_address() : sockets_[input_.below(sockets_.size())];
  agent_.handle_datagram(now_, to, from, datagram);
}

void FuzzedAgent::receive_bytes() {
  const Bytes bytes = input_.bytes(input_.u8());
  receive(ByteVector(bytes.begin(), bytes.end()), peer_address());
}

/// Damages before it signs, so that what is damaged is read.
void FuzzedAgent::finish(testing::RawMessage message, const HmacSha1& key,
                         const TransportAddress& from) {
  const std::uint8_t choices = input_.u8();
  if ((choices & 3) == 3) message.damage(input_.u8(), input_.u8());
  if ((choices & 0xf0) != 0xf0) message.integrity(key);
  if ((choices & 4) == 0) message.fingerprint();
  if ((choices & 0x0c) == 0x0c) message.damage(input_.u8(), input_.u8());
  receive(message.bytes(), from);
}

/// As much as a handshake of DTLS has, for an agent with a payload and for one without.
void FuzzedAgent::add_filler(testing::RawMessage& message) {
  const std::size_t size = input_.u8();
  message.attribute(0xc070, Bytes(ByteVector(size * 6, 0x16)));
  if (size % 8 == 3) message.attribute(0xc071, Bytes(ByteVector(size, 1)));
}

void FuzzedAgent::receive_request() {
  const std::uint8_t choices = input_.u8();
  testing::RawMessage message(0x0001, testing::to_hex(big_endian(next_id_++, 12)));
  message.text(0x0006, agent_.local_credentials().ufrag + ":" + peer_.ufrag);
  message.attribute(0x0024, Bytes(big_endian(0x6e000000u + input_.u16(), 4)));
  const std::uint64_t tie_breaker = (choices & 1) != 0 ? ~std::uint64_t{0} : input_.u8();
  message.attribute((choices & 2) != 0 ? 0x802a : 0x8029, Bytes(big_endian(tie_breaker, 8)));
  if ((choices & 4) != 0) message.attribute(0x0025, Bytes());
  if ((choices & 0x44) == 0x44) message.attribute(0xC001, Bytes(big_endian(input_.u8(), 4)));
  if ((choices & 0x38) == 0x38) message.attribute(input_.u16(), input_.bytes(input_.below(8)));
  if ((choices & 0x80) != 0) add_filler(message);
  const auto key = crypto_.hmac_sha1(as_bytes(agent_.local_credentials().password));
  finish(std::move(message), *key, peer_address());
}

void FuzzedAgent::receive_response() {
  if (requests_.empty()) return;
  const auto& id = requests_[input_.below(requests_.size())];
  const std::uint8_t choices = input_.u8();
  const bool success = (choices & 1) == 0;
  testing::RawMessage message(success ? 0x0101 : 0x0111, testing::to_hex(id));
  if (success) {
    ByteVector value{0, 1};
    const ByteVector mapped = big_endian(input_.u8(), 6);
    value.insert(value.end(), mapped.begin(), mapped.end());
    message.attribute(0x0020, Bytes(value));
  } else {
    const std::uint8_t code = (choices & 2) == 0 ? 87 : input_.u8();
    message.attribute(0x0009, Bytes(ByteVector{0, 0, 4, code}));
  }
  if ((choices & 0x80) != 0) add_filler(message);
  finish(std::move(message), *peer_key_, peer_address());
}

/// What a STUN server, or whoever forges its address, may answer.
void FuzzedAgent::receive_from_server() {
  if (input_.below(8) == 0) {
    agent_.add_stun_server(now_, {kServerAddress.ip, input_.u16()});
    return;
  }
  if (requests_.empty()) return;
  const auto& id = requests_[input_.below(requests_.size())];
  const std::uint8_t choices = input_.u8();
  const bool success = (choices & 3) != 0;
  testing::RawMessage message(success ? 0x0101 : 0x0111, testing::to_hex(id));
  if (!success) message.attribute(0x0009, Bytes(ByteVector{0, 0, 3, input_.u8()}));
  ByteVector value{0, 1};
  const ByteVector address = big_endian(input_.u32(), 6);
  value.insert(value.end(), address.begin(), address.end());
  message.attribute(success ? 0x0020 : 0x8023, Bytes(value));
  receive(message.bytes(), (choices & 0xf0) == 0 ? peer_address() : kServerAddress);
}

void FuzzedAgent::receive_data() {
  static const std::string payload(16, 'x');
  if (input_.flag()) {
    receive(as_bytes(payload), peer_address());
  } else {
    agent_.send(now_, static_cast<ice::ComponentId>(input_.below(4)), as_bytes(payload));
  }
}

void FuzzedAgent::change_candidates() {
  const std::uint8_t choice = input_.u8();
  if (choice == 255) return agent_.end_of_remote_candidates(now_);
  ice::Candidate candidate;
  candidate.stream = static_cast<ice::DataStreamId>(choice & 1);
  candidate.type = static_cast<ice::CandidateType>(input_.below(4));
  candidate.component = static_cast<ice::ComponentId>(1 + input_.below(2));
  candidate.priority = 1 + input_.u16();
  candidate.foundation = *ice::Foundation::parse(std::to_string(input_.below(4)));
  candidate.address = peer_address();
  candidate.base = candidate.address;
  if (choice > 240) {
    agent_.remove_remote_candidate(now_, candidate);
  } else {
    agent_.add_remote_candidate(now_, candidate);
  }
}

void FuzzedAgent::change_sockets() {
  const std::uint8_t choice = input_.u8();
  if (choice == 255) return agent_.end_of_local_sockets(now_);
  const TransportAddress address = socket_address();
  if (choice < 64) {
    agent_.remove_local_socket(now_, address);
    std::erase(sockets_, address);
    return;
  }
  ice::LocalSocket socket{{static_cast<ice::DataStreamId>(choice >> 1 & 1),
                           static_cast<ice::ComponentId>(1 + (choice & 1))},
                          address,
                          choice};
  if (choice > 200) {
    socket.external = peer_address();
    socket.hides_base = (choice & 4) != 0;
  }
  const auto result = agent_.add_local_socket(now_, socket);
  if (result == ice::AddCandidateResult::added) sockets_.push_back(address);
}

void FuzzedAgent::change_generation() {
  const std::uint8_t choice = input_.u8();
  if (choice < 100) {
    agent_.set_remote_description(
        now_, {peer_, choice < 10, {.ice2 = (choice & 1) != 0, .renomination = (choice & 2) != 0}});
  } else if (choice < 250) {
    agent_.restart(now_);
  } else {
    agent_.close(now_);
    drain();
    closed_ = true;
  }
}

void FuzzedAgent::drain() {
  std::size_t outputs = 0;
  while (const auto output = agent_.poll_output()) {
    expect(!closed_, "an output after close");
    expect(++outputs <= kOutputsPerInputMax, "one input has too many outputs");
    const auto* transmit = std::get_if<ice::Transmit>(&*output);
    if (transmit == nullptr) continue;
    expect(std::ranges::find(sockets_, transmit->local) != sockets_.end() ||
               stun::looks_like_stun(transmit->payload),
           "data is sent from a socket that is not there");
    if (transmit->remote == kPeerAddress) {
      to_peer_.emplace_back(transmit->payload.begin(), transmit->payload.end());
    }
    note(*transmit);
  }
}

void FuzzedAgent::note(const ice::Transmit& transmit) {
  const auto message = stun::MessageView::parse(transmit.payload);
  if (!message) return;
  expect(message->has_fingerprint(), "a message without FINGERPRINT is sent");
  const bool is_question_to_server =
      message->is_request() && !message->has(stun::AttributeType::username);
  const bool is_keepalive = message->message_class() == stun::Class::indication;
  expect(message->has_integrity() != (is_question_to_server || is_keepalive),
         "an unsigned message is sent");
  if (!message->is_request()) return;
  expect(std::ranges::find(sockets_, transmit.local) != sockets_.end(),
         "a check is sent from a socket that is not there");
  if (requests_.size() == kRequestsKept) requests_.erase(requests_.begin());
  requests_.push_back(message->transaction_id());
}

void FuzzedAgent::check_limits() const {
  expect(agent_.local_candidates().size() <= ice::kLocalCandidatesMax, "local candidates");
  expect(agent_.remote_candidates().size() <= ice::kRemoteCandidatesMax, "remote candidates");
  expect(agent_.pairs().size() <= ice::kPairsMax, "pairs");
  expect(agent_.check_list().triggered().size() <= ice::kPairsMax, "triggered checks");
  expect(!closed_ || agent_.deadline() == kNever, "a closed agent waits");
  expect(!closed_ || agent_.state() == ice::State::closed, "a closed agent is open");
  for (const ice::CandidatePair& pair : agent_.pairs()) {
    expect(pair.state != ice::PairState::succeeded || pair.is_valid(), "success without a path");
  }
}

}  // namespace floe::fuzz
