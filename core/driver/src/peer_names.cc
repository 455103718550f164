#include "peer_names.h"

namespace floe {

/// One name that is being looked up. It stays until the next look_up(), because its listener runs
/// inside of it.
class PeerNames::Lookup final : private ResolveListener {
 public:
  Lookup(std::string name, PeerNamesListener& listener)
      : name_(std::move(name)), listener_(listener) {}

  void start(LocalNames& names) { resolution_ = names.resolve(name_, *this); }
  void cancel() { resolution_.reset(); }
  bool is_over() const { return is_over_; }

 private:
  void on_resolved(const std::vector<IpAddress>& addresses, std::string_view error) override {
    is_over_ = true;
    signal::NameResolved answer{name_, std::nullopt, std::string(error)};
    if (!addresses.empty()) answer.address = addresses.front();
    listener_.on_peer_name(answer);
  }

  std::string name_;
  PeerNamesListener& listener_;
  std::unique_ptr<Resolution> resolution_;
  bool is_over_ = false;
};

PeerNames::PeerNames(LocalNames* names, PeerNamesListener& listener)
    : names_(names), listener_(listener) {}

PeerNames::~PeerNames() = default;

void PeerNames::look_up(const std::string& name) {
  std::erase_if(lookups_, [](const auto& lookup) { return lookup->is_over(); });
  if (names_ == nullptr || lookups_.size() == kPeerNamesMax) {
    return listener_.on_peer_name({name, std::nullopt, "too many names are being looked up"});
  }
  lookups_.push_back(std::make_unique<Lookup>(name, listener_));
  lookups_.back()->start(*names_);
}

void PeerNames::cancel() {
  for (const auto& lookup : lookups_) lookup->cancel();
}

}  // namespace floe
