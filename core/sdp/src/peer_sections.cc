#include "peer_sections.h"

#include <algorithm>

namespace floe::sdp {
namespace {

bool is_of_channels(const MediaSection& section) {
  return section.protocol.find("SCTP") != std::string::npos;
}

void copy_media_line(MediaSection& target, const MediaSection& source) {
  target.media = source.media;
  target.protocol = source.protocol;
  target.formats = source.formats;
  if (!is_of_channels(source)) {
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
    : peer_(std::move(description)),
      has_channels_(std::ranges::any_of(peer_.media, [](const MediaSection& section) {
        return !section.is_rejected() && is_of_channels(section);
      })) {
  for (std::size_t i = 0; i < peer_.media.size() && streams_.size() < streams; ++i) {
    const MediaSection& section = peer_.media[i];
    if (section.is_rejected() || peer_.bundled_with(section) != nullptr) continue;
    if (const auto first = first_accepted(i)) streams_.push_back({i, *first});
  }
}

bool PeerSections::is_accepted(const MediaSection& section) const {
  return !section.is_rejected() && (!has_channels_ || is_of_channels(section));
}

std::optional<std::size_t> PeerSections::first_accepted(std::size_t carrier) const {
  const MediaSection* wanted = &peer_.media[carrier];
  if (is_accepted(*wanted)) return carrier;
  for (std::size_t i = 0; i < peer_.media.size(); ++i) {
    const MediaSection& section = peer_.media[i];
    if (is_accepted(section) && peer_.bundled_with(section) == wanted) return i;
  }
  return std::nullopt;
}

bool PeerSections::has_own_transport(const Stream& stream) const {
  return stream.answer != stream.carrier && !peer_.media[stream.answer].bundle_only;
}

std::optional<std::size_t> PeerSections::stream_of(const MediaSection& section) const {
  if (section.is_rejected()) return std::nullopt;
  const MediaSection* first = peer_.bundled_with(section);
  const MediaSection* carrier = first == nullptr ? &section : first;
  for (std::size_t stream = 0; stream < streams_.size(); ++stream) {
    if (&peer_.media[streams_[stream].carrier] != carrier) continue;
    const bool is_left = !is_accepted(section) && has_own_transport(streams_[stream]);
    return is_left ? std::nullopt : std::optional(stream);
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
  if (!stream || *stream >= own.media.size() || !is_accepted(offered)) {
    // RFC 3264, section 6: "To reject an offered stream, the port number in the corresponding
    // stream in the answer MUST be set to zero."
    made.port = 0;
    // RFC 8866, section 5.7: "A session description MUST contain either at least one "c=" line in
    // each media description or a single "c=" line at the session level."
    made.own.host = "0.0.0.0";
  } else {
    const auto& [carrier, answer] = streams_[*stream];
    made = own.media[*stream];
    if (&peer_.media[answer] != &offered) made.candidates.clear();
    // It is of the transport: without it, Firefox waits for a second component of the media.
    made.rtcp_mux = offered.rtcp_mux || (carrier != answer && peer_.media[carrier].rtcp_mux);
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
    const auto stream = number_of(section.mid, streams_.size());
    if (!stream) continue;
    const std::size_t index = streams_[*stream].answer;
    copy_media_line(section, peer_.media[index]);
    section.mid = peer_.name(index);
  }
}

}  // namespace floe::sdp
