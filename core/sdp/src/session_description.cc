#include "floe/sdp/session_description.h"

#include <algorithm>

namespace floe::sdp {

std::string_view to_text(Setup setup) {
  switch (setup) {
    case Setup::active:
      return "active";
    case Setup::passive:
      return "passive";
    case Setup::actpass:
      return "actpass";
    case Setup::holdconn:
      return "holdconn";
  }
  return "?";
}

int MediaSection::component_count() const {
  const bool is_rtp = protocol.find("RTP/") != std::string::npos;
  return is_rtp && !rtcp_mux ? 2 : 1;
}

std::string SessionDescription::name(std::size_t index) const {
  return media[index].mid.empty() ? std::to_string(index) : media[index].mid;
}

ice::Credentials SessionDescription::credentials(const MediaSection& section) const {
  // RFC 8839, section 5.4: "When present in both, the value in the media-level takes precedence."
  ice::Credentials found{section.own.ufrag.empty() ? session.ufrag : section.own.ufrag,
                         section.own.password.empty() ? session.password : section.own.password};
  if (found.ufrag.empty() && found.password.empty()) {
    if (const MediaSection* first = bundled_with(section)) {
      return {first->own.ufrag, first->own.password};
    }
  }
  return found;
}

Security SessionDescription::security(const MediaSection& section) const {
  // RFC 8122, section 5: a fingerprint of the session "applies to all TLS sessions for which no
  // media-level fingerprint attribute is defined". So it is with the other two.
  const auto of = [&](const Attributes& own) {
    return Security{own.setup ? own.setup : session.setup,
                    own.fingerprints.empty() ? session.fingerprints : own.fingerprints,
                    own.tls_id.empty() ? session.tls_id : own.tls_id};
  };
  Security found = of(section.own);
  if (found.fingerprints.empty()) {
    if (const MediaSection* first = bundled_with(section)) return of(first->own);
  }
  return found;
}

std::vector<std::string> SessionDescription::ice_options(const MediaSection& section) const {
  std::vector<std::string> options = session.ice_options;
  for (const std::string& option : section.own.ice_options) {
    if (std::ranges::find(options, option) == options.end()) options.push_back(option);
  }
  return options;
}

const MediaSection* SessionDescription::bundled_with(const MediaSection& section) const {
  if (section.mid.empty()) return nullptr;
  for (const std::vector<std::string>& bundle : bundles) {
    if (std::ranges::find(bundle, section.mid) == bundle.end()) continue;
    for (const std::string& mid : bundle) {
      if (mid == section.mid) return nullptr;
      const MediaSection* first = find(mid);
      if (first != nullptr && !first->is_rejected()) return first;
    }
  }
  return nullptr;
}

const MediaSection* SessionDescription::find(std::string_view mid) const {
  const auto found = std::ranges::find(media, mid, &MediaSection::mid);
  return found == media.end() ? nullptr : &*found;
}

}  // namespace floe::sdp
