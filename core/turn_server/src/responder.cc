#include "responder.h"

#include <algorithm>

#include "floe/stun/attributes/error_code.h"
#include "floe/stun/attributes/text.h"
#include "floe/stun/binding_server.h"
#include "floe/turn/attributes/address.h"
#include "floe/turn/attributes/data.h"
#include "floe/turn/channel_data.h"
#include "floe/turn/error_codes.h"

namespace floe::turn {
namespace {

using stun::MessageBuilder;

/// The longest datagram, with the header and XOR-PEER-ADDRESS of a Data indication.
constexpr std::size_t kBufferSize = 0x10000 + 64;
constexpr std::size_t kFingerprintSize = stun::kAttributeHeaderSize + 4;
constexpr std::size_t kMacSizeMax = stun::kAttributeHeaderSize + stun::kIntegritySha256Size;

std::string_view reason_of(std::uint16_t error) {
  switch (error) {
    case stun::kTryAlternate:
      return "Try Alternate";
    case stun::kBadRequest:
      return "Bad Request";
    case kForbidden:
      return "Forbidden";
    case stun::kUnknownAttribute:
      return "Unknown Attribute";
    case kAllocationMismatch:
      return "Allocation Mismatch";
    case kAddressFamilyNotSupported:
      return "Address Family not Supported";
    case kWrongCredentials:
      return "Wrong Credentials";
    case kUnsupportedTransport:
      return "Unsupported Transport Protocol";
    case kPeerAddressFamilyMismatch:
      return "Peer Address Family Mismatch";
    case kAllocationQuotaReached:
      return "Allocation Quota Reached";
    case kInsufficientCapacity:
      return "Insufficient Capacity";
    default:  // not used here
      return {};
  }
}

}  // namespace

Responder::Responder(ServerHost& host, ServerCounters& counters, std::string software)
    : host_(host), counters_(counters), software_(std::move(software)), buffer_(kBufferSize) {}

/// The answer to an unauthenticated request has at most stun::kAmplificationMax times the request's
/// bytes. Over a stream that does not matter, since the source cannot be forged.
MutableBytes Responder::room_for(const ClientPath& path, const RequestContext& request) {
  std::size_t most = stun::kAnswerSizeMax;
  if (!request.key && !is_stream(path.transport)) {
    const std::size_t headers = path.client.ip.is_ipv4() ? 20 + 8 : 40 + 8;
    most = std::min(most, stun::kAmplificationMax * (request.size + headers) - headers);
  }
  return MutableBytes(buffer_).first(most);
}

void Responder::seal_and_send(const ClientPath& path, const RequestContext& request,
                              MessageBuilder& message) {
  const std::size_t software = stun::attribute_size(software_.size());
  const std::size_t after =
      (request.key ? kMacSizeMax : 0) + (request.has_fingerprint ? kFingerprintSize : 0);
  if (!software_.empty() && software + after <= message.space()) {
    message.add(stun::Software{software_});
  }
  request.key.sign(message);
  if (request.has_fingerprint) message.add_fingerprint();
  const auto bytes = message.finish();
  if (bytes) {
    host_.send_to_client(path, *bytes);
  } else {
    ++counters_.unanswered;
  }
}

void Responder::refuse(const ClientPath& path, const RequestContext& request, std::uint16_t error) {
  ++counters_.refused;
  answer(path, request, stun::Class::error, [&](MessageBuilder& message) {
    message.add(stun::ErrorCode{error, reason_of(error)});
  });
}

void Responder::refuse_unknown(const ClientPath& path, const RequestContext& request,
                               std::span<const std::uint16_t> types) {
  ++counters_.refused;
  stun::UnknownAttributes unknown;
  for (const std::uint16_t type : types) unknown.types[unknown.count++] = type;
  answer(path, request, stun::Class::error, [&](MessageBuilder& message) {
    message.add(stun::ErrorCode{stun::kUnknownAttribute, reason_of(stun::kUnknownAttribute)});
    message.add(unknown);
  });
}

void Responder::send_channel_data(const ClientPath& path, std::uint16_t channel, Bytes payload) {
  ByteWriter out(buffer_);
  ChannelData{channel, payload}.write(out, is_stream(path.transport));
  host_.send_to_client(path, out.written());
}

template <class Content>
void Responder::indicate(const ClientPath& path, const TransportAddress& peer,
                         const Content& content) {
  // RFC 8489, section 6: indications have transaction ids, too, which are to differ, although they
  // are not answered.
  stun::TransactionId id{};
  ByteWriter(id).u32(++indications_);
  MessageBuilder message(buffer_, stun::Class::indication, stun::Method::data, id);
  message.add(XorPeerAddress{peer}).add(content);
  if (const auto bytes = message.finish()) {
    host_.send_to_client(path, *bytes);
  } else {
    ++counters_.too_long;
  }
}

void Responder::send_data_indication(const ClientPath& path, const TransportAddress& peer,
                                     Bytes payload) {
  indicate(path, peer, Data{payload});
}

void Responder::send_data_indication(const ClientPath& path, const TransportAddress& peer,
                                     const Icmp& error) {
  indicate(path, peer, error);
}

}  // namespace floe::turn
