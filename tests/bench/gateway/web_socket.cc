#include "gateway/web_socket.h"

#include <algorithm>
#include <array>
#include <string>

#include "floe/wire/byte_writer.h"
#include "gateway/tls_stream.h"
#include "measure/program.h"

namespace floe::bench {
namespace {

constexpr std::uint8_t kBinaryFrame = 0x82;  // the only one of its message
constexpr std::uint8_t kPing = 0x89;
constexpr std::uint8_t kPong = 0x8a;
constexpr std::uint8_t kMasked = 0x80;
constexpr std::uint8_t kLength16 = 126;
constexpr std::uint8_t kLength64 = 127;
// Not zero: a server may skip unmasking then, and would look cheaper than it is to real clients.
constexpr std::array<std::uint8_t, 4> kMask{0x5a, 0x3c, 0xc3, 0xa6};

std::string header_of(std::string_view subprotocol) {
  if (subprotocol.empty()) return {};
  return "Sec-WebSocket-Protocol: " + std::string(subprotocol) + "\r\n";
}

}  // namespace

WebSocket::WebSocket(std::uint16_t port, bool over_tls, std::string_view path,
                     std::string_view subprotocol)
    : stream_(over_tls ? std::make_unique<TlsStream>(port) : std::make_unique<PlainStream>(port)) {
  upgrade(port, path, subprotocol);
}

void WebSocket::upgrade(std::uint16_t port, std::string_view path, std::string_view subprotocol) {
  const std::string request = "GET " + std::string(path) +
                              " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                              "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                              "Sec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                              header_of(subprotocol) + "\r\n";
  std::ranges::copy(as_bytes(request), stream_->extend(request.size()).begin());
  stream_->flush();
  for (;;) {
    stream_->wait();
    if (!stream_->receive()) continue;
    const std::string_view answer = as_text(stream_->received());
    const auto end = answer.find("\r\n\r\n");
    if (end == answer.npos) continue;
    require(answer.starts_with("HTTP/1.1 101"), "the server refuses the WebSocket");
    return stream_->consume(end + 4);
  }
}

MutableBytes WebSocket::extend(std::size_t size) {
  message_.resize(message_.size() + size);
  return MutableBytes{message_}.last(size);
}

void WebSocket::end_message() {
  const std::size_t size = message_.size();
  require(size <= 0xffff, "a message that needs a long header");
  const bool is_short = size < kLength16;
  ByteWriter header(stream_->extend((is_short ? 2 : 4) + kMask.size()));
  header.u8(kBinaryFrame);
  header.u8(kMasked | (is_short ? static_cast<std::uint8_t>(size) : kLength16));
  if (!is_short) header.u16(static_cast<std::uint16_t>(size));
  header.bytes(kMask);
  const MutableBytes masked = stream_->extend(size);
  for (std::size_t i = 0; i < size; ++i) masked[i] = message_[i] ^ kMask[i % kMask.size()];
  message_.clear();
}

std::optional<Bytes> WebSocket::next_message() {
  for (;;) {
    if (const auto message = take_frame()) return message;
    if (!stream_->receive()) return std::nullopt;
  }
}

std::optional<Bytes> WebSocket::take_frame() {
  const Bytes bytes = stream_->received();
  if (bytes.size() >= 2 && bytes[0] == kPing && bytes.size() >= 2u + bytes[1]) {
    answer_ping(bytes.subspan(2, bytes[1]));
    stream_->consume(2u + bytes[1]);
    return take_frame();
  }
  if (bytes.size() < 4 || bytes[0] == kPing) return std::nullopt;
  require(bytes[0] == kBinaryFrame && bytes[1] != kLength64, "a frame of another kind");
  const bool is_short = bytes[1] < kLength16;
  const std::size_t header = is_short ? 2 : 4;
  const std::size_t size = is_short ? bytes[1] : std::size_t{bytes[2]} << 8 | bytes[3];
  if (bytes.size() < header + size) return std::nullopt;
  stream_->consume(header + size);
  return bytes.subspan(header, size);
}

/// With a key of zeros. It leaves with the next flush().
void WebSocket::answer_ping(Bytes payload) {
  constexpr std::array<std::uint8_t, 4> kNoMask{};
  ByteWriter out(stream_->extend(2 + kNoMask.size() + payload.size()));
  out.u8(kPong);
  out.u8(static_cast<std::uint8_t>(kMasked | payload.size()));
  out.bytes(kNoMask);
  out.bytes(payload);
}

}  // namespace floe::bench
