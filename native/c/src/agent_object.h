// The object behind the handle of an agent in the C API: an ice::Agent with its side of the
// signalling, so that a program passes texts, datagrams and time.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "configuration.h"
#include "floe/crypto/mbedtls_crypto.h"
#include "floe/peer/connection.h"
#include "floe/signal/message_error.h"
#include "output_writer.h"
#include "payload_store.h"

namespace floe::c {

/// Limits: PayloadStore::kHeldMax datagrams and kErrorsMax errors wait to be polled.
class AgentObject {
 public:
  Calls& calls() { return calls_; }
  /// Deletes the handle.
  void destroy();

  static constexpr std::size_t kErrorsMax = 16;

  explicit AgentObject(Configuration configuration);
  AgentObject(const AgentObject&) = delete;
  AgentObject& operator=(const AgentObject&) = delete;

  floe_error handle(Timestamp now, const floe_input& input);
  void poll(floe_output& out);
  Timestamp deadline() const { return connection_.deadline(); }
  void count(floe_counters& out) const;

 protected:
  ~AgentObject() = default;

 private:
  struct Error {
    floe_error code;
    std::string text;
  };

  floe_error add_local_socket(const floe_local_socket& socket);
  floe_error add_external_socket(const floe_external_socket& socket);
  floe_error add_stun_server(const floe_address& server);
  floe_error add_turn_server(const floe_turn_server& server);
  floe_error remove_local_socket(const floe_local_socket& socket);
  floe_error receive_signal(const floe_signal& signal);
  floe_error receive_datagram(const floe_datagram& datagram);
  floe_error send(const floe_data& data);
  floe_error close(const floe_close& close);
  void reject(signal::MessageError error);
  ice::Agent& agent() { return connection_.agent(); }
  const ice::Agent& agent() const { return connection_.agent(); }
  bool poll_error(floe_output& out);
  /// False: the output means nothing to a program in C.
  bool write(const peer::Output& output, floe_output& out);
  bool write(const ice::Output& output, floe_output& out);

  Calls calls_;
  CallbackLog log_;
  CallbackRandom random_;
  MbedtlsCrypto crypto_;
  ice::ComponentId components_;
  peer::Connection connection_;
  std::vector<TransportAddress> stun_servers_;
  PayloadStore payloads_;
  OutputWriter writer_;
  std::deque<Error> errors_;
  Timestamp now_{};
  std::uint64_t signals_received_ = 0;
  std::uint64_t signals_bad_ = 0;
  std::uint64_t signals_unknown_ = 0;
  std::uint64_t errors_dropped_ = 0;
};

}  // namespace floe::c

/// The handle: a name in C for a class.
struct floe_agent final : floe::c::AgentObject {
  using AgentObject::AgentObject;
};
