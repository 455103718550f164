// `floe stun URI`: asks a server for the address that it sees for this machine, and measures the
// time.
#pragma once

#include "floe/stun/credentialed_transaction.h"
#include "floe/turn/stream_framing.h"
#include "server_access.h"

namespace floe::cli {

struct StunOptions {
  ServerOptions server;
  stun::LongTermCredentials credentials;
};

void declare(CLI::App& app, StunOptions& options);

class StunCommand {
 public:
  explicit StunCommand(const StunOptions& options);

  /// The exit status: 0 when the server told an address.
  int run();

 private:
  using State = stun::CredentialedTransaction::State;

  void pump();
  void receive_bytes(const Datagram& datagram);
  void receive(Bytes bytes);
  void give_up();
  int report(const stun::MessageView& answer);
  int fail(const std::string& text);

  StunOptions options_;
  native::SystemHost host_;
  ServerAccess access_;
  stun::LongTermClient client_;
  stun::CredentialedTransaction transaction_;
  turn::StreamReassembler stream_;
  Timestamp sent_at_{};
  Timestamp give_up_at_ = kNever;  // for a connection, where no request is sent twice
  std::optional<int> exit_status_;
};

}  // namespace floe::cli
