// The records that cross between JavaScript and the module, many in one call.
//
// A record is a header of kRecordHeaderSize bytes (u32 size of the payload, u32 handle, u16 kind,
// u16 extra) and its payload, in network byte order, not padded. Text is a u32 length and UTF-8.
// Handles are chosen by JavaScript, one number line for all kinds of objects; 0 is the module.
// js/src/wire/record_kind.ts, system_record_kind.ts and channel_record_kind.ts repeat these
// numbers, and a test compares them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace floe::wasm {

inline constexpr std::size_t kRecordHeaderSize = 12;

/// From JavaScript to the module.
enum class Command : std::uint16_t {
  close = 1,                 ///< any object: closes and forgets it
  stats = 2,                 ///< any object: u32 request
  gateway_create = 10,       ///< text url, text token
  gateway_ping = 11,         ///< measures the round trip
  transport_create = 20,     ///< u32 network, u8 role, u16 components, u8 strict pacing, u16 Ta in
                             ///< ms or 0, u8 lite, u8 ice::NominationMode, u8 count of addresses to
                             ///< use (0: all), each a text
  transport_gather = 21,     ///< u8 family (0, 4 or 6), u16 first port, u16 last port, u8 only
                             ///< relayed candidates, u16 count of servers, each three texts: URL,
                             ///< user name, password
  transport_start = 22,      ///< text ufrag, text password, u8 lite, u8 own role (2: as it is)
  transport_candidate = 23,  ///< text line
  transport_end_of_candidates = 24,
  transport_restart = 25,
  transport_remove_candidate = 27,  ///< text line
  transport_send = 26,              ///< extra: component; the rest is the datagram
  negotiation_start = 30,    ///< u8 trickle, u8 encrypts, u32 the longest message in bytes of
                             ///< data channels (0: none are carried), u16 count of
                             ///< fingerprints that the peer may have (0: any), each a text
  negotiation_receive = 31,  ///< text message
  negotiation_repeat = 32,
  negotiation_bye = 33,   ///< text reason
  udp_create = 40,        ///< u32 network, text address or none, u16 first port, u16 last port
  udp_send = 41,          ///< address; the rest is the datagram
  signaling_create = 50,  ///< text url, text name, text token, text Offers::text()
  signaling_send = 51,    ///< text to (may be empty), text message
  signaling_retry = 52,   ///< connect now if it waits for the next attempt
  // The network of the system; its sockets, streams and lookups have numbers that the module gave.
  system_create = 60,
  system_addresses = 61,      ///< u16 count, then text address, text interface, u8 is a
                              ///< tunnel; text loopback address or nothing
  system_bound = 62,          ///< u32 socket, address
  system_socket_failed = 63,  ///< u32 socket, u8 BindError
  system_datagram = 64,       ///< u32 socket, address remote; the rest is the datagram
  system_connected = 65,      ///< u32 stream, address local
  system_stream_bytes = 66,   ///< u32 stream; the rest are bytes
  system_stream_taken = 67,   ///< u32 stream, u32 bytes that the system took
  system_stream_closed = 68,  ///< u32 stream, text reason
  system_resolved = 69,       ///< u32 lookup, u16 count, then text address; text error
  system_route_found = 70,    ///< text address to send from, or nothing
  // The data channels of one connection, in the module of channels.
  channels_create = 80,  ///< u8 is client of DTLS, u16 own port, u16 the peer's, u32 the longest
                         ///< message in bytes that the peer may send, u32 that it takes (0: any)
  channels_packet = 81,  ///< the rest is a datagram that may be SCTP's
  channels_open = 82,    ///< extra: number for channels_numbered; u8 ordered, u8 0: reliable, 1:
                         ///< u16 retransmissions, 2: u16 lifetime in ms, u16 value, u8 negotiated,
                         ///< u16 its number, text label, text protocol
  channels_send = 83,    ///< extra: channel; u8 is text; the rest is the message
  channels_close = 84,   ///< extra: channel
};

/// From the module to JavaScript.
enum class Event : std::uint16_t {
  consumed = 1,             ///< u32 datagram bytes of commands: as many more may be sent
  stats = 2,                ///< u32 request, text JSON
  refused = 3,              ///< text code, text message: a command that could not be obeyed
  gateway_open = 10,        ///< u32 longest datagram, u16 count, then text address, text interface
  gateway_closed = 11,      ///< u16 WebSocket code, text reason
  gateway_going_away = 12,  ///< u32 milliseconds until a new connection is welcome
  transport_parameters = 20,         ///< text ufrag, text password
  transport_remote_parameters = 21,  ///< text ufrag, text password
  transport_gathering = 22,          ///< u8 ice::GatheringState
  transport_candidate = 23,          ///< text line, text relay protocol or nothing
  transport_remote_candidate = 24,   ///< text line
  transport_state = 25,              ///< u8 ice::State, text why it is so
  transport_selected_pair = 26,      ///< extra: component; text local, remote, relay protocol
  transport_role = 27,               ///< u8 ice::Role
  transport_datagram = 28,           ///< extra: component; the rest is the datagram
  transport_candidate_error = 29,    ///< text url, u16 code, text reason, text address or none, u16
                                     ///< port
  negotiation_message = 30,          ///< text message, for the peer
  negotiation_error = 31,            ///< text code, text message
  negotiation_bye = 32,              ///< text reason
  transport_candidate_removed = 33,  ///< text line
  transport_remote_candidate_removed = 34,  ///< text line
  negotiation_skipped = 35,                 ///< text line, text reason
  transport_secured = 36,      ///< text own fingerprint, the peer's, words, protocol, cipher; u32
                               ///< longest datagram, u32 association, u8 is client of DTLS, u16 the
                               ///< peer's SCTP port (0: no channels), u32 its longest message
  transport_insecure = 37,     ///< text code, text message
  udp_bound = 40,              ///< address
  udp_failed = 41,             ///< text reason
  udp_datagram = 42,           ///< address remote, address local; the rest is the datagram
  signaling_state = 50,        ///< u8 signal::ClientState
  signaling_joined = 51,       ///< text own id, u8 resumed
  signaling_peer_joined = 52,  ///< text id, text name, u8 own ice::Role towards it, text
                               ///< Offers::text()
  signaling_peer_left = 53,    ///< text id, text reason
  signaling_message = 54,      ///< text from, text message
  system_open = 60,            ///< u32 socket, text address, u16 first port, u16 last port
  system_close_socket = 61,    ///< u32 socket
  system_send = 62,            ///< u32 socket, address remote; the rest is the datagram
  system_connect = 63,         ///< u32 stream, address remote, u8 TLS, text name of the server
  system_stream_send = 64,     ///< u32 stream; the rest are bytes
  system_close_stream = 65,    ///< u32 stream
  system_resolve = 66,         ///< u32 lookup, text name
  system_route = 67,           ///< u32 0, address remote
  channels_transmit = 80,      ///< the rest is a packet for the peer
  channels_datagram = 81,      ///< the rest is a datagram that is not SCTP's
  channels_numbered = 82,      ///< extra: as in channels_open; u16 channel, u8 0 or 1 +
                               ///< channels::OpenError
  channels_opened = 83,        ///< extra: channel; u8 by the peer; then as in channels_open
  channels_message = 84,       ///< extra: channel; u8 is text; the rest is the message
  channels_taken = 85,         ///< extra: channel; u32 bytes that SCTP has taken of what was sent
  channels_refused = 86,       ///< extra: channel; u8 channels::SendResult, u32 bytes
  channels_closed = 87,        ///< extra: channel
  channels_ended = 88,         ///< u8 sctp::EndReason, or 255: it could not begin
};

}  // namespace floe::wasm
