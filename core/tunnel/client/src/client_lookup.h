// A question for the addresses of a host name, as the application holds it.
#pragma once

#include "client_session.h"
#include "floe/tunnel/client/client.h"

namespace floe::tunnel {

class Client::Lookup final : public Resolution {
 public:
  /// `client` may go before the lookup, which hears nothing then.
  Lookup(Client& client, LookupHandle handle, ResolveListener& listener)
      : client_(&client), handle_(handle), listener_(listener) {}
  ~Lookup() override {
    if (client_ == nullptr) return;
    client_->lookups_.remove(this);
    client_->session_->close(handle_);
  }
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;

  LookupHandle handle() const { return handle_; }
  ResolveListener& listener() { return listener_; }
  /// The client does not know it any more.
  void detach() { client_ = nullptr; }

 private:
  Client* client_;  // null once the lookup is answered
  LookupHandle handle_;
  ResolveListener& listener_;
};

}  // namespace floe::tunnel
