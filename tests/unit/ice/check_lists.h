// A check list to try out, with the candidates that its pairs are made of.
#pragma once

#include "check_list.h"
#include "check_order.h"

namespace floe::testing {

struct Lists {
  ice::LocalIndex local(const char* text, std::uint16_t preference = 65535,
                        ice::ComponentId component = 1) {
    return locals.add_host({component, *TransportAddress::parse(text), preference}).value();
  }
  ice::RemoteIndex remote(const char* text, std::uint32_t priority, const char* foundation = "1",
                          ice::ComponentId component = 1) {
    ice::Candidate candidate;
    candidate.component = component;
    candidate.priority = priority;
    candidate.foundation = *ice::Foundation::parse(foundation);
    candidate.address = *TransportAddress::parse(text);
    candidate.base = candidate.address;
    return remotes.add_signalled(candidate).index;
  }
  ice::PairIndex pair(ice::LocalIndex l, ice::RemoteIndex r,
                      ice::Role role = ice::Role::controlling) {
    return pairs.add(l, r, role).value();
  }

  ice::LocalCandidates locals;
  ice::RemoteCandidates remotes;
  ice::CheckList pairs{locals, remotes};
  ice::CheckOrder order{pairs};
};

}  // namespace floe::testing
