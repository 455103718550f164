#include "floe/sdp/offer_answer.h"

#include <algorithm>
#include <utility>

#include "peer_sections.h"

namespace floe::sdp {
namespace {

const signal::Description* description_in(const signal::Message& message) {
  return std::get_if<signal::Description>(&message);
}

std::vector<std::string> names_of(std::size_t streams) {
  std::vector<std::string> names;
  for (std::size_t stream = 0; stream < streams; ++stream) names.push_back(std::to_string(stream));
  return names;
}

ice::Credentials credentials_of(const SessionDescription& text) {
  if (text.media.empty()) return {text.session.ufrag, text.session.password};
  return text.credentials(text.media.front());
}

void tell_skipped(std::vector<std::string>& notes, const Problems& skipped) {
  for (const Problem& problem : skipped.kept()) notes.push_back(to_text(problem));
}

}  // namespace

OfferAnswer::OfferAnswer(OfferAnswerOptions options) : options_(options) {}

OfferAnswer::~OfferAnswer() = default;

// Our agent, to the peer --------------------------------------------------------------------------

std::string OfferAnswer::take_text() {
  if (options_.waits_for_offer && !peer_) return {};
  auto generation = take_generation();
  if (generation.empty()) keep_trickled();
  std::string text =
      generation.empty() ? write_fragment(pending_) : write_description(std::move(generation));
  pending_.clear();
  return text;
}

std::string OfferAnswer::take_restart() {
  const auto generation = take_generation();
  pending_.clear();
  if (generation.empty()) return {};
  owes_answer_ = false;
  return write_fragment(generation);
}

std::vector<signal::Message> OfferAnswer::take_generation() {
  std::vector<signal::Message> messages;
  bool is_new = false;
  for (signal::Message& message : pending_) {
    if (const signal::Description* description = description_in(message)) {
      if (description->credentials != written_) {
        is_new = true;
        messages.clear();
        written_ = description->credentials;
      }
    }
    if (is_new) messages.push_back(std::move(message));
  }
  return messages;
}

void OfferAnswer::choose_setup(std::vector<signal::Message>& answer) const {
  const bool peer_begins = peer_dtls_ && peer_dtls_->setup == "active";
  for (signal::Message& message : answer) {
    auto* description = std::get_if<signal::Description>(&message);
    if (description == nullptr || !description->dtls) continue;
    // Who answers and may choose begins, since its ClientHello can follow the answer at once.
    std::string& setup = description->dtls->setup;
    if (setup == "actpass") setup = peer_begins ? "passive" : "active";
  }
}

std::string OfferAnswer::write_description(std::vector<signal::Message> messages) {
  DataSession session{.id = options_.session_id,
                      .version = ++version_,
                      .mids = names_of(options_.streams),
                      .bundle = options_.streams == 1};
  if (owes_answer_) {
    session.type = SdpType::answer;
    choose_setup(messages);
  }
  const auto made = to_description(messages, session);
  if (!made) return {};  // only for messages that our agent does not make
  awaits_answer_ = !std::exchange(owes_answer_, false);
  // Sections keep their places and names for the whole session, in offers of both ends.
  return sdp::write_description(sections_ ? sections_->answer(made->description)
                                          : made->description);
}

void OfferAnswer::keep_trickled() {
  std::erase_if(pending_, [&](const signal::Message& message) {
    const auto* candidate = std::get_if<signal::CandidateMessage>(&message);
    const auto* end = std::get_if<signal::EndOfCandidates>(&message);
    const std::string* ufrag = candidate ? &candidate->ufrag : end ? &end->ufrag : nullptr;
    return !written_ || ufrag == nullptr || *ufrag != written_->ufrag;
  });
}

std::string OfferAnswer::write_fragment(const std::vector<signal::Message>& messages) const {
  if (messages.empty()) return {};
  auto made = to_fragment(*written_, messages);
  if (!made) return {};  // only for messages that our agent does not make
  if (sections_) sections_->rename(made->description);
  return sdp::write_fragment(made->description);
}

// The peer, to our agent --------------------------------------------------------------------------

OfferAnswer::Heard OfferAnswer::read(std::string_view text) {
  Heard heard;
  const bool is_whole = text.starts_with("v=");
  const auto read = is_whole ? parse_description(text) : parse_fragment(text);
  if (!read) {
    heard.error = to_text(read.error());
    return heard;
  }
  tell_skipped(heard.notes, read->skipped);
  // libnice writes descriptions without a session, which look like fragments.
  if (is_whole || is_news(read->description)) {
    hear_description(heard, read->description, is_whole);
  } else {
    hear_fragment(heard, read->description);
  }
  return heard;
}

bool OfferAnswer::is_news(const SessionDescription& fragment) const {
  const ice::Credentials credentials = credentials_of(fragment);
  return !credentials.password.empty() && peer_ != credentials;
}

bool OfferAnswer::translate(Heard& heard, std::string& mid) const {
  if (auto stream = sections_->stream_of(mid)) {
    mid = std::move(*stream);
    return true;
  }
  std::string note = "candidates of section " + mid + ", which is no stream of this agent's";
  if (heard.notes.empty() || heard.notes.back() != note) heard.notes.push_back(std::move(note));
  return false;
}

void OfferAnswer::hear_description(Heard& heard, const SessionDescription& description,
                                   bool is_whole) {
  auto messages = to_messages(description);
  if (!messages || messages->empty()) {
    heard.error = messages ? "all sections are rejected: there is nothing to connect to"
                           : to_text(messages.error());
    return;
  }
  signal::Description ours = *description_in(messages->front());
  if (is_whole || !sections_) {
    sections_ = std::make_unique<PeerSections>(description, options_.streams);
  }
  std::erase_if(ours.candidates,
                [&](signal::CandidateInit& init) { return !translate(heard, init.sdp_mid); });
  if (!is_whole) keep_security(ours);
  take_turn(heard, ours);
  heard.messages.emplace_back(std::move(ours));
  for (signal::Message& message : *messages) {
    auto* candidate = std::get_if<signal::CandidateMessage>(&message);
    if (candidate != nullptr && translate(heard, candidate->init.sdp_mid)) {
      heard.messages.push_back(std::move(message));
    } else if (description_in(message) != nullptr && &message != &messages->front()) {
      heard.notes.emplace_back(
          "sections with other credentials than the first: this agent has one generation for all");
    }
  }
}

void OfferAnswer::keep_security(signal::Description& restarted) const {
  if (restarted.dtls) return;
  restarted.dtls = peer_dtls_;
  restarted.sctp = peer_sctp_;
}

void OfferAnswer::take_turn(Heard& heard, signal::Description& description) {
  if (peer_ == description.credentials) return;  // a repetition
  if (awaits_answer_) {
    awaits_answer_ = false;
    description.remote_ufrag = written_->ufrag;
  } else {
    owes_answer_ = true;
    // Our answer will say that we begin. Our agent may have described itself already, so it has to
    // hear that from the peer.
    if (description.dtls && description.dtls->setup == "actpass") {
      description.dtls->setup = "passive";
    }
    // A peer that offers again has our last answer.
    if (peer_ && written_) {
      signal::Description last;
      last.credentials = *peer_;
      last.ice_options = {"trickle"};  // no end of candidates
      last.remote_ufrag = written_->ufrag;
      last.dtls = peer_dtls_;
      last.sctp = peer_sctp_;
      heard.messages.emplace_back(std::move(last));
    }
  }
  peer_ = description.credentials;
  peer_dtls_ = description.dtls;
  peer_sctp_ = description.sctp;
}

void OfferAnswer::hear_fragment(Heard& heard, const SessionDescription& fragment) {
  if (!sections_) {
    heard.error = "candidates came before the description that they belong to";
    return;
  }
  const auto messages = trickled_messages(fragment);
  if (!messages) {
    heard.error = to_text(messages.error());
    return;
  }
  for (const signal::Message& message : *messages) {
    if (const auto* candidate = std::get_if<signal::CandidateMessage>(&message)) {
      signal::CandidateMessage ours = *candidate;
      if (translate(heard, ours.init.sdp_mid)) heard.messages.emplace_back(std::move(ours));
    } else if (const auto* end = std::get_if<signal::EndOfCandidates>(&message)) {
      const bool of_all = fragment.session.end_of_candidates;
      for (const std::string& name : names_of(options_.streams)) {
        if (of_all || sections_->stream_of(end->sdp_mid) == name) {
          heard.messages.emplace_back(signal::EndOfCandidates{end->ufrag, name});
        }
      }
    }
  }
}

}  // namespace floe::sdp
