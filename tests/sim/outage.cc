#include "outage.h"

#include <cstdio>

#include "outage_scene.h"

namespace floe::sim {
namespace {

/// Two links each way; where a NAT stands between, its two as well.
constexpr Duration kRoundTrip = 2 * 2 * Duration(5ms);
constexpr Duration kRoundTripByNat = 2 * kRoundTrip;

/// Of an overlap the new network is the better one: its addresses are public.
std::string_view network_of(Move move) {
  if (move == Move::nat_rebinding) return "symmetric";
  return move == Move::overlap ? "port-restricted" : "open";
}

void carry_out(OutageScene& scene, Move move) {
  switch (move) {
    case Move::nat_rebinding:
      return scene.home.home_nat()->reboot();
    case Move::address_first:
      scene.join_other();
      scene.call.run_for(1s);
      scene.call.begin_measuring();
      return scene.leave_home();
    case Move::address_last:
      scene.leave_home();
      scene.call.run_for(1s);
      scene.join_other();
      return scene.call.begin_measuring();
    case Move::silent_death:
      scene.join_other();
      scene.call.run_for(1s);
      scene.call.begin_measuring();
      scene.mover.host().link().is_up = false;
      return;
    case Move::overlap:
      scene.join_other();
      scene.call.run_for(200ms);
      scene.mover.restart();
      scene.call.run_for(2s);
      if (scene.uses_other()) scene.leave_home();
      return;
  }
}

std::string cell_text(std::uint64_t seed, const OutageCase& one) {
  const Outage outage = measure_outage(seed, one);
  const auto seconds = [](Duration span) { return static_cast<double>(span.count()) / 1e6; };
  std::array<char, 64> text{};
  if (one.move == Move::overlap) {
    std::snprintf(text.data(), text.size(), "%zu lost", outage.lost);
  } else {
    std::snprintf(text.data(), text.size(), "%.2f / %.2f", seconds(outage.gaps.towards_left),
                  seconds(outage.gaps.towards_right));
  }
  return std::string(text.data()) + (outage.meets(one.move) ? "" : " (too long)");
}

std::string padded(std::string_view text, std::size_t width = 15) {
  std::string result(text);
  if (result.size() < width) result.append(width - result.size(), ' ');
  return result + ' ';
}

std::string heading() {
  std::string names = padded("who moves") + padded("its peer");
  std::string tellers = padded("") + padded("told by");
  std::string limits = padded("") + padded("at most");
  for (const Move move : kMoves) {
    const auto ms = std::to_string(longest_silence(move).count() / 1000);
    names += padded(to_text(move));
    tellers += padded(told_by(move));
    limits += padded(move == Move::overlap ? "0 lost" : ms + " ms");
  }
  return names + '\n' + tellers + '\n' + limits + '\n';
}

}  // namespace

std::string_view to_text(PeerKind kind) {
  switch (kind) {
    case PeerKind::full:
      return "full";
    case PeerKind::lite:
      return "lite";
    case PeerKind::no_renomination:
      return "no renomination";
    case PeerKind::no_trickle:
      return "no trickle";
    case PeerKind::encrypted:
      return "encrypted";
    case PeerKind::encrypted_lite:
      return "encrypted, lite";
  }
  return "?";
}

std::string_view to_text(Move move) {
  switch (move) {
    case Move::nat_rebinding:
      return "NAT rebinding";
    case Move::address_first:
      return "address first";
    case Move::address_last:
      return "address last";
    case Move::silent_death:
      return "silent death";
    case Move::overlap:
      return "overlap";
  }
  return "?";
}

std::string_view told_by(Move move) {
  switch (move) {
    case Move::nat_rebinding:
    case Move::silent_death:
      return "silence";
    case Move::address_first:
    case Move::address_last:
      return "its system";
    case Move::overlap:
      return "its application";
  }
  return "?";
}

std::string_view why_impossible(const OutageCase& one) {
  if (is_encrypted(one.peer) && !can_encrypt()) return "this build has no DTLS";
  if (is_lite(one.peer) && one.mover == ice::Role::controlled)
    return "a lite peer never controls, so the mover does (RFC 8445, section 6.1.1)";
  return {};
}

Duration longest_silence(Move move) {
  switch (move) {
    case Move::nat_rebinding:
      return 3500ms + 2 * kRoundTripByNat;
    case Move::silent_death:
      return 3500ms + 2 * kRoundTrip;
    case Move::address_first:
    case Move::address_last:
      return 1s + 2 * kRoundTrip;
    case Move::overlap:
      return Call::kInterval + kRoundTripByNat;  // another way is shorter or longer
  }
  return {};
}

Outage measure_outage(std::uint64_t seed, const OutageCase& one) {
  OutageScene scene(seed, network_of(one.move), one.peer, one.mover);
  if (!scene.begin()) return {};
  carry_out(scene, one.move);
  // What was under way on the old path of an overlap has arrived when it is left.
  scene.call.run_for(one.move == Move::overlap ? 5s : 40s);
  const Call::Gaps gaps = scene.call.gaps();
  scene.world.run_for(100ms);
  return {gaps, scene.call.lost(), scene.are_connected(), scene.handshakes()};
}

std::string outage_table(std::uint64_t seed) {
  std::string text =
      "Silence when one end moves, in s, towards the mover / towards its peer; both send every "
      "20 ms:\n" +
      heading();
  for (const ice::Role role : {ice::Role::controlling, ice::Role::controlled}) {
    for (const PeerKind kind : kPeerKinds) {
      text += padded(to_text(role)) + padded(to_text(kind));
      const std::string_view why = why_impossible({role, kind, kMoves.front()});
      if (!why.empty()) text += why;
      for (const Move move : kMoves) {
        if (why.empty()) text += padded(cell_text(seed, {role, kind, move}));
      }
      text += '\n';
    }
  }
  return text;
}

}  // namespace floe::sim
