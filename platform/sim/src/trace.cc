#include "floe/sim/trace.h"

#include <algorithm>

#include "floe/sim/event_queue.h"

namespace floe::sim {
namespace {

/// Seconds since the world began, to the microsecond.
std::string seconds_text(Timestamp at) {
  const std::int64_t count = (at - kBeginning).count();
  const std::string fraction = std::to_string(1'000'000 + count % 1'000'000);
  return std::to_string(count / 1'000'000) + '.' + fraction.substr(1);
}

}  // namespace

void Trace::keep(const Record& record) {
  hash_.add(static_cast<std::uint64_t>(record.at.time_since_epoch().count()));
  hash_.add(std::uint64_t{record.what.index()});
  const auto place = static_cast<std::size_t>(record_count_++ % kRecordsMax);
  if (place == records_.size()) {
    records_.push_back(record);
  } else {
    records_[place] = record;
  }
}

void Trace::hash(const Datagram& datagram) {
  hash_.add(datagram.source);
  hash_.add(datagram.destination);
  hash_.add(datagram.payload_hash);
}

void Trace::sent(Timestamp at, const Datagram& datagram) {
  ++counters_.sent;
  hash(datagram);
  keep({at, Sent{datagram}});
}

void Trace::ended(Timestamp at, const Datagram& datagram, Fate fate) {
  ++(fate == Fate::delivered ? counters_.delivered : counters_.lost);
  hash(datagram);
  hash_.add(static_cast<std::uint64_t>(fate));
  keep({at, Ended{datagram, fate}});
}

void Trace::note(Timestamp at, std::string_view subject, std::string_view text) {
  hash_.add(as_bytes(subject));
  hash_.add(as_bytes(text));
  Note note{};
  std::size_t size = 0;
  for (const std::string_view part : {subject, std::string_view(": "), text}) {
    const std::size_t taken = std::min(part.size(), note.text.size() - size);
    std::copy_n(part.begin(), taken, note.text.begin() + static_cast<std::ptrdiff_t>(size));
    size += taken;
  }
  note.size = static_cast<std::uint8_t>(size);
  keep({at, note});
}

std::string Trace::to_text(const Record& record) {
  const std::string when = seconds_text(record.at) + ' ';
  if (const auto* note = std::get_if<Note>(&record.what)) {
    return when + std::string(note->text.data(), note->size);
  }
  const auto* ended = std::get_if<Ended>(&record.what);
  const Datagram& datagram = ended ? ended->datagram : std::get_if<Sent>(&record.what)->datagram;
  return when + datagram.source.to_text() + " -> " + datagram.destination.to_text() + ' ' +
         std::to_string(datagram.payload_size) + " bytes " +
         (ended ? std::string(sim::to_text(ended->fate)) : "sent");
}

std::vector<std::string> Trace::lines(std::size_t count_max) const {
  const std::uint64_t count = std::min<std::uint64_t>({record_count_, kRecordsMax, count_max});
  std::vector<std::string> lines;
  for (std::uint64_t i = record_count_ - count; i < record_count_; ++i) {
    lines.push_back(to_text(records_[static_cast<std::size_t>(i % kRecordsMax)]));
  }
  return lines;
}

}  // namespace floe::sim
