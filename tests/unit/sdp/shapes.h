// Descriptions as other implementations shape them: which attributes, where, in which order.
#pragma once

#include <string>
#include <string_view>

namespace floe::sdp {

inline constexpr std::string_view kPassword = "0123456789abcdefghijkl";
inline constexpr std::string_view kOtherPassword = "lkjihgfedcba9876543210";
inline constexpr std::string_view kHostLine =
    "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host";
inline constexpr std::string_view kReflexiveLine =
    "candidate:2 1 udp 1694498815 198.51.100.7 61000 typ srflx raddr 192.0.2.1 rport 50000";
inline constexpr std::string_view kRelayedLine =
    "candidate:3 1 udp 41885439 203.0.113.9 49203 typ relay raddr 198.51.100.7 rport 61000";

/// A data channel offered by Chromium before it has gathered.
inline constexpr std::string_view kChromiumOffer =
    "v=0\r\n"
    "o=- 4611731400430051336 2 IN IP4 127.0.0.1\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=group:BUNDLE 0\r\n"
    "a=extmap-allow-mixed\r\n"
    "a=msid-semantic: WMS\r\n"
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=ice-ufrag:4ZcD\r\n"
    "a=ice-pwd:2/1muCWoOi3uLifh0NuRHlcd\r\n"
    "a=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 0A:1B:2C:3D\r\n"
    "a=setup:actpass\r\n"
    "a=mid:0\r\n"
    "a=sctp-port:5000\r\n"
    "a=max-message-size:262144\r\n";

/// Audio and video offered by Chromium after it has gathered: candidates in the first section only.
inline constexpr std::string_view kChromiumGathered =
    "v=0\r\n"
    "o=- 7595655801978680453 3 IN IP4 127.0.0.1\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=group:BUNDLE audio video\r\n"
    "a=msid-semantic: WMS s\r\n"
    "m=audio 61000 UDP/TLS/RTP/SAVPF 111 63\r\n"
    "c=IN IP4 198.51.100.7\r\n"
    "a=rtcp:9 IN IP4 0.0.0.0\r\n"
    "a=candidate:1467250027 1 udp 2122260223 192.0.2.1 50000 typ host generation 0 network-id 1 "
    "network-cost 10\r\n"
    "a=candidate:559267639 1 udp 2122202367 8d1c7f2e-5b0a-4f6e-9d57-1f2f3a4b5c6d.local 51400 typ "
    "host generation 0 network-id 2\r\n"
    "a=candidate:2999745851 1 udp 1686052607 198.51.100.7 61000 typ srflx raddr 0.0.0.0 rport 0 "
    "generation 0 network-id 1 network-cost 10\r\n"
    "a=candidate:344579997 1 tcp 1518280447 192.0.2.1 9 typ host tcptype active generation 0 "
    "network-id 1 network-cost 10\r\n"
    "a=ice-ufrag:+/aB\r\n"
    "a=ice-pwd:bYz7Y5rpVLQ0BxVjKzB5mR4c\r\n"
    "a=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 AA:BB:CC:DD\r\n"
    "a=setup:actpass\r\n"
    "a=mid:audio\r\n"
    "a=sendrecv\r\n"
    "a=rtcp-mux\r\n"
    "a=rtpmap:111 opus/48000/2\r\n"
    "a=fmtp:111 minptime=10;useinbandfec=1\r\n"
    "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=rtcp:9 IN IP4 0.0.0.0\r\n"
    "a=ice-ufrag:+/aB\r\n"
    "a=ice-pwd:bYz7Y5rpVLQ0BxVjKzB5mR4c\r\n"
    "a=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 AA:BB:CC:DD\r\n"
    "a=setup:actpass\r\n"
    "a=mid:video\r\n"
    "a=rtcp-mux\r\n"
    "a=rtcp-rsize\r\n"
    "a=ssrc:3735928559 cname:x\r\n";

/// Firefox: options and fingerprint of the session, foundations from 0, uppercase transport, the
/// end of candidates, and bundle-only for what makes sense only in the bundle.
inline constexpr std::string_view kFirefoxOffer =
    "v=0\r\n"
    "o=mozilla...THIS_IS_SDPARTA-99.0 1234567890123456789 0 IN IP4 0.0.0.0\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=fingerprint:sha-256 01:23:45:67\r\n"
    "a=group:BUNDLE 0 1\r\n"
    "a=ice-options:trickle\r\n"
    "a=msid-semantic:WMS *\r\n"
    "m=audio 52000 UDP/TLS/RTP/SAVPF 109 9\r\n"
    "c=IN IP6 2001:db8::7\r\n"
    "a=candidate:0 1 UDP 2122252543 2001:db8::7 52000 typ host\r\n"
    "a=candidate:6 1 TCP 2105524479 2001:db8::7 9 typ host tcptype active\r\n"
    "a=candidate:0 2 UDP 2122252542 2001:db8::7 52001 typ host\r\n"
    "a=sendrecv\r\n"
    "a=end-of-candidates\r\n"
    "a=ice-pwd:0fd75bcd8cdce6ae4dc5ef97b9a2fdb9\r\n"
    "a=ice-ufrag:1f2e3d4c\r\n"
    "a=mid:0\r\n"
    "a=rtcp:52001 IN IP6 2001:db8::7\r\n"
    "a=rtcp-mux\r\n"
    "a=setup:actpass\r\n"
    "m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n"
    "c=IN IP4 0.0.0.0\r\n"
    "a=bundle-only\r\n"
    "a=sendrecv\r\n"
    "a=ice-pwd:0fd75bcd8cdce6ae4dc5ef97b9a2fdb9\r\n"
    "a=ice-ufrag:1f2e3d4c\r\n"
    "a=mid:1\r\n"
    "a=setup:actpass\r\n"
    "a=sctp-port:5000\r\n"
    "a=max-message-size:1073741823\r\n";

/// Safari: a data channel after it has gathered, with names in place of the addresses of its host.
inline constexpr std::string_view kSafariOffer =
    "v=0\r\n"
    "o=- 5498186869896684180 2 IN IP4 127.0.0.1\r\n"
    "s=-\r\n"
    "t=0 0\r\n"
    "a=group:BUNDLE 0\r\n"
    "a=extmap-allow-mixed\r\n"
    "a=msid-semantic: WMS\r\n"
    "m=application 61000 UDP/DTLS/SCTP webrtc-datachannel\r\n"
    "c=IN IP4 198.51.100.7\r\n"
    "a=candidate:1293499931 1 udp 2113937151 5b0a8d1c-7f2e-4f6e-9d57-1f2f3a4b5c6d.local 51400 typ "
    "host generation 0 network-cost 999\r\n"
    "a=candidate:842163049 1 udp 1677729535 198.51.100.7 61000 typ srflx raddr 0.0.0.0 rport 0 "
    "generation 0 network-cost 999\r\n"
    "a=ice-ufrag:Xy0/\r\n"
    "a=ice-pwd:Qm9vSGlzU2FmYXJpUGFzc3cw\r\n"
    "a=ice-options:trickle\r\n"
    "a=fingerprint:sha-256 DE:AD:BE:EF\r\n"
    "a=setup:actpass\r\n"
    "a=mid:0\r\n"
    "a=sctp-port:5000\r\n"
    "a=max-message-size:262144\r\n";

/// libnice: media sections only, with a protocol of its own, no formats and no mid.
inline constexpr std::string_view kLibnice =
    "m=application 50000 ICE/SDP\n"
    "c=IN IP4 192.0.2.1\n"
    "a=ice-ufrag:mkYB\n"
    "a=ice-pwd:cUJGIIKZ6kQ2Ds3ZjO0gyh\n"
    "a=candidate:1 1 UDP 2013266431 192.0.2.1 50000 typ host\n"
    "a=candidate:2 1 TCP 1015022079 192.0.2.1 9 typ host tcptype active\n";

/// The answer of an SFU with ICE lite: everything of the session above, line feeds only, one public
/// address, and a section that it refuses.
inline constexpr std::string_view kLiteAnswer =
    "v=0\n"
    "o=SFU 107374182 2 IN IP4 0.0.0.0\n"
    "s=session\n"
    "c=IN IP4 203.0.113.20\n"
    "t=0 0\n"
    "a=ice-lite\n"
    "a=ice-ufrag:m51r3p6c\n"
    "a=ice-pwd:99r4u5n71b5x6u2q15w2e0k8t4z7v3p1\n"
    "a=setup:passive\n"
    "a=fingerprint:sha-256 FE:DC:BA:98\n"
    "a=group:BUNDLE 0 1\n"
    "m=audio 8000 UDP/TLS/RTP/SAVPF 111\n"
    "a=mid:0\n"
    "a=rtcp-mux\n"
    "a=recvonly\n"
    "a=candidate:0 1 udp 2130706431 203.0.113.20 8000 typ host generation 0\n"
    "a=end-of-candidates\n"
    "m=video 8000 UDP/TLS/RTP/SAVPF 96\n"
    "a=mid:1\n"
    "a=rtcp-mux\n"
    "m=video 0 UDP/TLS/RTP/SAVPF 97\n"
    "a=mid:2\n"
    "a=inactive\n";

/// The least that is a description with ICE; more lines follow.
inline std::string description_with(std::string_view more) {
  return "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
         "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" +
         std::string(more);
}

}  // namespace floe::sdp
