// Host names that JavaScript looks up.
#pragma once

#include "command_reader.h"
#include "event_writer.h"
#include "floe/api/resolver.h"
#include "numbered.h"

namespace floe::wasm {

class SystemNames final : public Resolver {
 public:
  /// Events carry `handle`. `events` must outlive the object and its lookups.
  SystemNames(EventWriter& events, std::uint32_t handle) : events_(events), handle_(handle) {}

  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;

  void on_resolved(CommandReader& in);

 private:
  class Lookup;

  EventWriter& events_;
  std::uint32_t handle_;
  Numbered<Lookup> lookups_;
};

}  // namespace floe::wasm
