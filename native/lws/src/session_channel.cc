#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <utility>

#include "web_socket_session.h"

namespace floe::native {
namespace {

// Bounds the kernel's buffer to a few round trips: bytes in it can be neither counted nor dropped.
constexpr int kSendBufferBytes = 128 * 1024;
constexpr int kUnsentBytesLow = 64 * 1024;

class SessionChannel final : public WebSocketChannel {
 public:
  explicit SessionChannel(std::shared_ptr<WebSocketSession> session)
      : session_(std::move(session)) {}
  ~SessionChannel() override { session_->abandon(); }

  bool send(MessageKind kind, Bytes message) override { return session_->send(kind, message); }
  std::size_t buffered_bytes() const override { return session_->buffered_bytes(); }
  void close(std::uint16_t code, std::string_view reason) override {
    session_->close(code, reason);
  }
  MessageBuilder& messages() override { return *session_; }
  void set_message_max(std::size_t size) override { session_->set_message_max(size); }
  void cut() override { session_->cut(); }
  void set_reading(bool reading) override { session_->set_reading(reading); }
  const TransportAddress& peer() const override { return session_->peer(); }

 private:
  std::shared_ptr<WebSocketSession> session_;
};

void set_option(int fd, int level, int name, int value) {
  setsockopt(fd, level, name, &value, sizeof value);
}

}  // namespace

std::unique_ptr<WebSocketChannel> make_channel(std::shared_ptr<WebSocketSession> session) {
  return std::make_unique<SessionChannel>(std::move(session));
}

void set_stream_options(int fd) {
  set_option(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  set_option(fd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, kUnsentBytesLow);
  set_option(fd, SOL_SOCKET, SO_SNDBUF, kSendBufferBytes);
}

}  // namespace floe::native
