// The records that cross between JavaScript and the wasm module: wasm/src/record_kind.h says what
// each holds, and test/record_kind.test.mjs compares the two files.

export const recordHeaderSize = 12;

export const Command = {
  close: 1,
  stats: 2,
  gateway_create: 10,
  gateway_ping: 11,
  transport_create: 20,
  transport_gather: 21,
  transport_start: 22,
  transport_candidate: 23,
  transport_end_of_candidates: 24,
  transport_restart: 25,
  transport_send: 26,
  transport_remove_candidate: 27,
  negotiation_start: 30,
  negotiation_receive: 31,
  negotiation_repeat: 32,
  negotiation_bye: 33,
  udp_create: 40,
  udp_send: 41,
  signaling_create: 50,
  signaling_send: 51,
  signaling_retry: 52,
} as const;

export const EventKind = {
  consumed: 1,
  stats: 2,
  refused: 3,
  gateway_open: 10,
  gateway_closed: 11,
  gateway_going_away: 12,
  transport_parameters: 20,
  transport_remote_parameters: 21,
  transport_gathering: 22,
  transport_candidate: 23,
  transport_remote_candidate: 24,
  transport_state: 25,
  transport_selected_pair: 26,
  transport_role: 27,
  transport_datagram: 28,
  transport_candidate_error: 29,
  negotiation_message: 30,
  negotiation_error: 31,
  negotiation_bye: 32,
  transport_candidate_removed: 33,
  transport_remote_candidate_removed: 34,
  negotiation_skipped: 35,
  udp_bound: 40,
  udp_failed: 41,
  udp_datagram: 42,
  signaling_state: 50,
  signaling_joined: 51,
  signaling_peer_joined: 52,
  signaling_peer_left: 53,
  signaling_message: 54,
} as const;

export type Command = (typeof Command)[keyof typeof Command];
export type EventKind = (typeof EventKind)[keyof typeof EventKind];
