#include "agent_channels.h"

namespace floe::cli {
namespace {

class NoChannels final : public AgentChannels {
 public:
  explicit NoChannels(EventLines& out) : out_(out) {}
  void carry_out(const ChannelOrder&) override {
    out_.error("bad-command", "this build has no data channels: FLOE_SCTP is off");
  }

 private:
  EventLines& out_;
};

}  // namespace

std::unique_ptr<AgentChannels> make_agent_channels(const Host&, Connection&, bool,
                                                   EventLines& out) {
  return std::make_unique<NoChannels>(out);
}

}  // namespace floe::cli
