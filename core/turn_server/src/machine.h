// The inside of a Server: tells messages apart, authenticates requests, and passes each to the
// class that handles it.
#pragma once

#include "allocation_requests.h"
#include "data_path.h"
#include "floe/turn_server/server.h"

namespace floe::turn {

class Server::Machine {
 public:
  Machine(const ServerParts& parts, const ServerConfig& config, ServerCounters& counters);

  void handle_client_message(Timestamp now, const ClientPath& path, Bytes message);
  void handle_tcp_closed(Timestamp now, const ClientPath& path);
  void drain() { draining_ = true; }

  AllocationTable& table() { return table_; }
  UserQuota& quota() { return quota_; }
  Allocator& allocator() { return allocator_; }
  DataPath& data() { return data_; }
  const stun::BindingServer& binding() const { return binding_; }

 private:
  void handle_binding(Timestamp now, const ClientPath& path, Bytes message);
  void handle_request(Timestamp now, const ClientPath& path, const stun::MessageView& request);
  void handle_allocate(Timestamp now, const ClientPath& path, const stun::MessageView& request,
                       RequestContext context, std::string_view user);
  /// Handles a request that is signed by `user`.
  void handle_proven(Timestamp now, const ClientPath& path, const stun::MessageView& request,
                     RequestContext context, std::string_view user);
  void send_away(const ClientPath& path, const RequestContext& context);
  /// Whether an unauthenticated source may be answered now.
  bool may_answer(Timestamp now, const ClientPath& path, AnswerLimit& limit);

  ServerConfig config_;
  stun::Authenticator& newcomers_;
  stun::Authenticator& residents_;
  ServerHost& host_;
  ServerCounters& counters_;
  stun::BindingServer binding_;
  std::uint64_t network_hash_key_;
  AnswerLimit binding_limit_;
  AnswerLimit refusal_limit_;
  UserQuota quota_;  // outlives the owners of its tokens
  AllocationTable table_;
  Responder responder_;
  Allocator allocator_;
  AllocationRequests requests_;
  DataPath data_;
  bool draining_ = false;
};

}  // namespace floe::turn
