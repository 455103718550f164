#include "peer_sections.h"

#include <algorithm>

namespace floe::sdp {
namespace {

void copy_media_line(MediaSection& target, const MediaSection& source) {
  target.media = source.media;
  target.protocol = source.protocol;
  target.formats = source.formats;
  if (source.protocol.find("SCTP") == std::string::npos) {
    target.sctp_port.reset();
    target.max_message_size.reset();
  }
}

/// The stream of a section that is named after it.
std::optional<std::size_t> number_of(const std::string& mid, std::size_t count) {
  for (std::size_t stream = 0; stream < count; ++stream) {
    if (mid == std::to_string(stream)) return stream;
  }
  return std::nullopt;
}

}  // namespace

PeerSections::PeerSections(SessionDescription description, std::size_t streams)
    : peer_(std::move(description)) {
  for (std::size_t i = 0; i < peer_.media.size() && transports_.size() < streams; ++i) {
    const MediaSection& section = peer_.media[i];
    if (!section.is_rejected() && peer_.bundled_with(section) == nullptr) transports_.push_back(i);
  }
}

std::optional<std::size_t> PeerSections::stream_of(const MediaSection& section) const {
  if (section.is_rejected()) return std::nullopt;
  const MediaSection* first = peer_.bundled_with(section);
  const MediaSection* carrier = first == nullptr ? &section : first;
  for (std::size_t stream = 0; stream < transports_.size(); ++stream) {
    if (&peer_.media[transports_[stream]] == carrier) return stream;
  }
  return std::nullopt;
}

std::optional<std::string> PeerSections::stream_of(std::string_view name) const {
  for (std::size_t i = 0; i < peer_.media.size(); ++i) {
    if (peer_.name(i) != name) continue;
    const auto stream = stream_of(peer_.media[i]);
    if (!stream) return std::nullopt;
    return std::to_string(*stream);
  }
  return std::nullopt;
}

MediaSection PeerSections::answer(const MediaSection& offered,
                                  const SessionDescription& own) const {
  MediaSection made;
  const auto stream = stream_of(offered);
  if (!stream || *stream >= own.media.size()) {
    made.port = 0;
  } else {
    made = own.media[*stream];
    if (peer_.bundled_with(offered) != nullptr) made.candidates.clear();
    made.rtcp_mux = offered.rtcp_mux;
  }
  copy_media_line(made, offered);
  made.mid = offered.mid;
  return made;
}

SessionDescription PeerSections::answer(const SessionDescription& own) const {
  SessionDescription made = own;
  made.media.clear();
  made.bundles = peer_.bundles;
  for (const MediaSection& offered : peer_.media) {
    made.media.push_back(answer(offered, own));
    if (!made.media.back().is_rejected()) continue;
    for (std::vector<std::string>& bundle : made.bundles) std::erase(bundle, offered.mid);
  }
  std::erase_if(made.bundles, [](const auto& bundle) { return bundle.empty(); });
  return made;
}

void PeerSections::rename(SessionDescription& fragment) const {
  for (MediaSection& section : fragment.media) {
    const auto stream = number_of(section.mid, transports_.size());
    if (!stream) continue;
    const std::size_t index = transports_[*stream];
    copy_media_line(section, peer_.media[index]);
    section.mid = peer_.name(index);
  }
}

}  // namespace floe::sdp
