#include "system_names.h"

namespace floe::wasm {

class SystemNames::Lookup final : public Resolution {
 public:
  Lookup(SystemNames& owner, ResolveListener& listener)
      : owner_(owner), listener_(listener), number_(owner.lookups_.add(*this)) {}
  ~Lookup() override { owner_.lookups_.remove(number_); }

  std::uint32_t number() const { return number_; }
  /// The listener may destroy the lookup.
  void answer(const std::vector<IpAddress>& addresses, std::string_view error) {
    listener_.on_resolved(addresses, error);
  }

 private:
  SystemNames& owner_;
  ResolveListener& listener_;
  std::uint32_t number_;
};

std::unique_ptr<Resolution> SystemNames::resolve(std::string_view host_name,
                                                 ResolveListener& listener) {
  auto lookup = std::make_unique<Lookup>(*this, listener);
  events_.begin(Event::system_resolve, handle_).u32(lookup->number()).text(host_name);
  return lookup;
}

void SystemNames::on_resolved(CommandReader& in) {
  const std::uint32_t number = in.u32();
  std::vector<IpAddress> addresses;
  for (std::uint16_t count = in.u16(); count > 0 && in.ok(); --count) {
    if (const auto ip = IpAddress::parse(in.text())) addresses.push_back(*ip);
  }
  const std::string_view error = in.text();
  if (Lookup* lookup = lookups_.find(number)) lookup->answer(addresses, error);
}

}  // namespace floe::wasm
