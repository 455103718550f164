// A server and clients on one loop, for tests of WebSockets and HTTP.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "floe/native/http_server.h"
#include "floe/native/system_random.h"
#include "floe/native/system_resolver.h"
#include "floe/native/tls_terminator.h"
#include "floe/native/web_socket_clients.h"
#include "floe/native/web_socket_engine.h"
#include "loop_runner.h"
#include "recording_log.h"

namespace floe::native::test {

inline constexpr const char* kSubprotocol = "floe.test.1";

inline ByteVector numbered(std::size_t size, int number) {
  ByteVector bytes(size);
  for (std::size_t i = 0; i < size; ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::size_t>(number) + i);
  }
  return bytes;
}

struct Message {
  MessageKind kind;
  ByteVector bytes;
};

/// One end of a WebSocket: keeps what it hears.
class End : public MessageChannelListener {
 public:
  virtual ~End() = default;
  void on_channel_open() override { open = true; }
  void on_channel_message(MessageKind kind, Bytes message) override {
    ++message_count;
    if (keep) received.push_back({kind, ByteVector(message.begin(), message.end())});
    if (echo) channel->send(kind, message);
    if (then) then();
  }
  void on_channel_closed(const ChannelClosed& closed) override {
    ++closed_count;
    code = closed.code;
    reason = closed.reason;
  }
  void on_channel_drained() override { ++drained_count; }

  bool send_text(std::string_view text) { return channel->send(MessageKind::text, as_bytes(text)); }

  std::unique_ptr<WebSocketChannel> channel;
  bool open = false;
  bool echo = false;
  bool keep = true;
  std::function<void()> then;
  std::vector<Message> received;
  int message_count = 0;
  int closed_count = 0;
  int drained_count = 0;
  int code = 0;
  std::string reason;
};

class Acceptor final : public WebSocketAcceptor {
 public:
  std::uint16_t admit(const UpgradeRequest& request) override {
    requests.push_back(request);
    return status;
  }
  MessageChannelListener* accept(std::unique_ptr<WebSocketChannel> channel,
                                 const UpgradeRequest&) override {
    if (refuse_late) return nullptr;
    ends.push_back(std::make_unique<End>());
    ends.back()->channel = std::move(channel);
    ends.back()->echo = echo;
    return ends.back().get();
  }

  std::uint16_t status = kAdmitted;
  bool refuse_late = false;
  bool echo = false;
  std::vector<UpgradeRequest> requests;
  std::vector<std::unique_ptr<End>> ends;
};

struct CertificateFiles {
  std::string certificate;
  std::string key;
};

struct WebSocketWorld {
  explicit WebSocketWorld(HttpServerOptions options = {}, WebSocketClientOptions client = {},
                          const CertificateFiles& files = {})
      : clients(engine, resolver, std::move(client)) {
    options.address.ip = IpAddress::loopback(Family::ipv4);
    if (!files.certificate.empty()) {
      options.tls = &tls.emplace(loop);
      is_certified = tls->load(files.certificate, files.key);
    }
    server = std::make_unique<HttpServer>(engine, std::move(options));
    server->add_subprotocol(kSubprotocol, acceptor);
  }

  std::string url(std::string_view path = "/", std::string_view scheme = "ws") const {
    return std::string(scheme) + "://" + server->address().to_text() + std::string(path);
  }
  std::unique_ptr<End> connect(std::string_view path = "/") { return connect_to(url(path)); }
  std::unique_ptr<End> connect_to(std::string_view address,
                                  std::string_view subprotocol = kSubprotocol) {
    auto end = std::make_unique<End>();
    end->channel = clients.connect_web_socket(address, subprotocol, *end);
    return end;
  }
  template <class Predicate>
  bool run_until(Predicate done, Duration patience = kPatience) {
    return test::run_until(loop, done, patience);
  }

  Loop loop;
  SystemRandom random;
  RecordingLog log;
  WebSocketEngine engine{loop, random, log};
  SystemResolver resolver{loop};
  WebSocketClients clients;
  Acceptor acceptor;
  bool is_certified = false;
  std::optional<TlsTerminator> tls;
  std::unique_ptr<HttpServer> server;
};

}  // namespace floe::native::test
