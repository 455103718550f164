// Rooms that change the messages of their members.
#pragma once

#include <memory>
#include <vector>

#include "floe/native/web_socket_acceptor.h"
#include "signalling_attack.h"

namespace floe::tampering {

class TamperingRooms final : public native::WebSocketAcceptor {
 public:
  /// `honest` must outlive the rooms.
  TamperingRooms(native::WebSocketAcceptor& honest, std::optional<SignallingAttackKind> attack);
  ~TamperingRooms();

  std::uint16_t admit(const native::UpgradeRequest& request) override {
    return honest_.admit(request);
  }
  MessageChannelListener* accept(std::unique_ptr<native::WebSocketChannel> channel,
                                 const native::UpgradeRequest& request) override;

 private:
  class Member;

  native::WebSocketAcceptor& honest_;
  SignallingAttack attack_;
  std::vector<std::unique_ptr<Member>> members_;  // all that ever were
};

}  // namespace floe::tampering
