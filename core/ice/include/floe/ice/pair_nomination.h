// The nomination of one candidate pair (RFC 8445, section 8.1; renomination of
// draft-thatcher-ice-renomination).
//
// The controlling agent begins a nomination with a check that carries USE-CANDIDATE; the controlled
// agent gets the request in the peer's check. In both agents the nomination takes effect once the
// agent's own check of the pair has succeeded.
//
//   None ------begin()------> Pending      controlling: our check with USE-CANDIDATE is to be sent
//   None ------request()----> Requested    controlled: USE-CANDIDATE came, our own check is open
//   Pending ---confirm()----> Nominated
//   Requested -confirm()----> Nominated    the request stays known, for nominations to come
//   Nominated -begin()------> Pending      nominated once more; it stays nominated, too
//   any -------withdraw()---> None         the pair was given up; its value stays
//   any -------reset()------> None         the roles changed; Nominated stays
//
// Only Nominator and CheckList change this state.
#pragma once

#include <cstdint>

namespace floe::ice {

class PairNomination {
 public:
  /// `value` is the NOMINATION attribute's, or counted for peers that do not send it.
  void begin(std::uint32_t value) {
    pending_ = true;
    value_ = value;
  }
  void request(std::uint32_t value) {
    requested_ = true;
    value_ = value;
  }
  void confirm() {
    nominated_ = true;
    pending_ = false;
  }
  /// The peer may still use a pair that it nominated, so the value is kept.
  void withdraw() { pending_ = requested_ = nominated_ = false; }
  /// A nomination that was not confirmed counts only under the roles in which it was made.
  void reset() {
    pending_ = requested_ = false;
    value_ = 0;
  }

  bool is_pending() const { return pending_; }
  bool is_requested() const { return requested_; }
  bool is_nominated() const { return nominated_; }
  /// The number of this pair's latest nomination; of two nominations the larger number is the later
  /// one. 0 for a pair that was never nominated.
  std::uint32_t value() const { return value_; }

 private:
  bool pending_ = false;
  bool requested_ = false;
  bool nominated_ = false;
  std::uint32_t value_ = 0;
};

}  // namespace floe::ice
