// A Binding request to a server, over UDP, TCP or TLS.
#pragma once

#include "floe/probes/stun.h"
#include "floe/stun/credentialed_transaction.h"
#include "floe/turn/stream_framing.h"
#include "server_access.h"

namespace floe::probes {

class StunProbe {
 public:
  /// `host` must outlive it.
  StunProbe(BlockingHost& host, const StunOptions& options);

  StunAnswer run();

 private:
  using State = stun::CredentialedTransaction::State;

  void pump();
  void receive_bytes(const Datagram& datagram);
  void receive(Bytes bytes);
  void give_up();
  void report(const stun::MessageView& answer);
  void fail(const std::string& text);

  StunOptions options_;
  BlockingHost& host_;
  ServerAccess access_;
  stun::LongTermClient client_;
  stun::CredentialedTransaction transaction_;
  turn::StreamReassembler stream_;
  Timestamp sent_at_{};
  Timestamp give_up_at_ = kNever;  // for a connection, where no request is sent twice
  StunAnswer answer_;
  bool is_over_ = false;
};

}  // namespace floe::probes
