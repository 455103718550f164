#include "floe/sdp/patch.h"

#include <algorithm>
#include <span>

#include "floe/sdp/message_conversion.h"
#include "line_reader.h"
#include "line_writer.h"

namespace floe::sdp {
namespace {

constexpr std::string_view kReplaced[] = {
    "ice-ufrag",    "ice-pwd",   "ice-options",       "ice-lite",          "ice-pacing",
    "ice-mismatch", "candidate", "remote-candidates", "end-of-candidates",
};
constexpr std::string_view kReplacedWithDtls[] = {"fingerprint", "setup", "tls-id"};

bool is_among(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool has_fingerprints(const SessionDescription& ice) {
  return !ice.session.fingerprints.empty() ||
         std::ranges::any_of(ice.media, [](const MediaSection& section) {
           return !section.own.fingerprints.empty();
         });
}

std::string_view line_ending_of(std::string_view text) {
  const auto feed = text.find('\n');
  return feed != std::string_view::npos && (feed == 0 || text[feed - 1] != '\r') ? "\n" : "\r\n";
}

/// The parts of a text in their order: the session, then each media section.
class Patch {
 public:
  Patch(std::string_view text, const SessionDescription& present, const SessionDescription& ice,
        DefaultDestination destination)
      : text_(text),
        line_ending_(line_ending_of(text)),
        present_(present),
        ice_(ice),
        destination_(destination),
        replaces_dtls_(has_fingerprints(ice)) {
    pending_ = ice_lines([&](LineWriter& lines) {
      lines.ice_of_session(ice_);
      if (replaces_dtls_) lines.security(ice_.session);
    });
  }

  void pass(const Line& line) {
    patched_ += text_.substr(passed_, line.begin - passed_);  // blank lines
    passed_ = line.end;
    if (line.type == 'm') return begin_section(line);
    if (is_replaced(line)) {
      insert();
    } else if (line.type == 'c' && moves()) {
      write_connection();
    } else {
      copy(line);
    }
  }

  std::string take() {
    end_part();
    patched_ += text_.substr(passed_);
    return std::move(patched_);
  }

 private:
  template <class Write>
  std::string ice_lines(Write write) {
    LineWriter lines(line_ending_);
    write(lines);
    return lines.take();
  }

  const MediaSection* counterpart(std::size_t index) const {
    const std::string name = present_.name(index);
    for (std::size_t i = 0; i < ice_.media.size(); ++i) {
      if (ice_.name(i) == name) return &ice_.media[i];
    }
    return nullptr;
  }

  bool is_replaced(const Line& line) const {
    if (line.type != 'a') return false;
    if (line.name() == "rtcp") return moves();
    return is_among(kReplaced, line.name()) ||
           (replaces_dtls_ && is_among(kReplacedWithDtls, line.name()));
  }

  void begin_section(const Line& line) {
    end_part();
    const std::size_t index = sections_begun_++;
    section_ = present_.media[index].is_rejected() ? nullptr : counterpart(index);
    if (section_ != nullptr) {
      pending_ = ice_lines([&](LineWriter& lines) {
        if (moves()) lines.rtcp(section_->rtcp);
        lines.ice_of_section(*section_);
        if (replaces_dtls_) lines.security(section_->own);
      });
    }
    // A bundle-only section has port 0 and keeps it.
    if (moves() && present_.media[index].port != 0) {
      write_media_line(line);
    } else {
      copy(line);
    }
    connection_due_ = moves();
  }

  bool moves() const {
    return destination_ == DefaultDestination::replace && section_ != nullptr &&
           !section_->own.host.empty();
  }

  void write_media_line(const Line& line) {
    const std::string_view whole = text_.substr(line.begin, line.end - line.begin);
    // parse_media_line() has read it: the port is the second word.
    const std::size_t port = whole.find_first_not_of(' ', whole.find(' ', whole.find('=') + 1));
    patched_ += whole.substr(0, port);
    patched_ += std::to_string(section_->port);
    patched_ += whole.substr(whole.find_first_of("/ ", port));
  }

  /// RFC 8866, section 5: the c-line of a section stands before bandwidth, key and attributes.
  void write_connection() {
    if (connection_due_) {
      patched_ += ice_lines([&](LineWriter& lines) { lines.connection(section_->own.host); });
    }
    connection_due_ = false;
  }

  void copy(const Line& line) {
    if (connection_due_ && line.type != 'm' && line.type != 'i') write_connection();
    patched_ += text_.substr(line.begin, line.end - line.begin);
  }

  void insert() {
    if (connection_due_) write_connection();
    patched_ += pending_;
    pending_.clear();
  }

  void end_part() {
    if ((connection_due_ || !pending_.empty()) && !patched_.ends_with('\n')) {
      patched_ += line_ending_;
    }
    insert();
  }

  std::string_view text_;
  std::string_view line_ending_;
  const SessionDescription& present_;
  const SessionDescription& ice_;
  DefaultDestination destination_;
  bool replaces_dtls_;
  std::size_t passed_ = 0;  // bytes of the text already passed
  std::string patched_;
  std::string pending_;                    // the lines of this part that are not written yet
  const MediaSection* section_ = nullptr;  // the section of ice_ for this part
  bool connection_due_ = false;
  std::size_t sections_begun_ = 0;
};

void report_unknown_sections(const SessionDescription& present, const SessionDescription& ice,
                             Problems& skipped) {
  for (std::size_t i = 0; i < ice.media.size(); ++i) {
    bool known = false;
    for (std::size_t j = 0; j < present.media.size(); ++j) {
      known = known || present.name(j) == ice.name(i);
    }
    if (!known) skipped.add({ProblemCode::unknown_mid, 0, {}});
  }
}

PatchedDescription apply(std::string_view text, const SessionDescription& present,
                         const SessionDescription& ice, DefaultDestination destination) {
  PatchedDescription patched;
  report_unknown_sections(present, ice, patched.skipped);
  Patch patch(text, present, ice, destination);
  LineReader lines(text);
  while (const auto line = lines.next()) patch.pass(*line);
  patched.text = patch.take();
  return patched;
}

}  // namespace

Result<PatchedDescription, Problem> patch_description(std::string_view text,
                                                      const SessionDescription& ice,
                                                      DefaultDestination destination) {
  const auto present = parse_description(text);
  if (!present) return present.error();
  return apply(text, present->description, ice, destination);
}

Result<PatchedDescription, Problem> patch_description(std::string_view text,
                                                      const signal::Description& ice,
                                                      DefaultDestination destination) {
  const auto present = parse_description(text);
  if (!present) return present.error();
  DataSession sections;
  for (std::size_t i = 0; i < present->description.media.size(); ++i) {
    sections.mids.push_back(present->description.name(i));
  }
  const auto made = to_description(ice, sections);
  if (!made) return made.error();
  PatchedDescription patched = apply(text, present->description, made->description, destination);
  patched.skipped.add(made->skipped);
  return patched;
}

}  // namespace floe::sdp
