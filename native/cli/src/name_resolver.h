// Host names by the system's resolver, for commands that have nothing else to do meanwhile.
//
// It blocks the loop until the system answers: a host with other work must not use it.
#pragma once

#include "floe/api/resolver.h"
#include "floe/native/loop.h"

namespace floe::cli {

class NameResolver final : public Resolver {
 public:
  /// `loop` must outlive it.
  explicit NameResolver(native::Loop& loop) : loop_(loop) {}

  std::unique_ptr<Resolution> resolve(std::string_view host_name,
                                      ResolveListener& listener) override;

 private:
  native::Loop& loop_;
};

}  // namespace floe::cli
