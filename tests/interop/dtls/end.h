// What the three ends of these tests have in common: one UDP socket of 127.0.0.1, orders as lines
// of standard input, and reports as lines of JSON on standard output.
//
//   …_dtls_end client|server [--certificate FILE --key FILE] [--mtu BYTES] [--srtp] [--cookies]
//              [--long-hello]
//
//   {"event":"ready","library":"…","port":N}         then it waits for its first order:
//   PORT FINGERPRINT                                 where its peer is, and what to expect of it
//   {"event":"secured","peer":"AB:…","keys":"…","srtp":N}
//   send TEXT                                        when secured
//   {"event":"data","text":"…"}
//   close
//   {"event":"closed"}                               the peer's close_notify came
//   {"event":"failed","alert":N,"message":"…"}       no alert came: N is 0
//
// An end lives until its standard input ends, and no longer than kEndSecondsMax.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { kEndSecondsMax = 30, kEndDatagramMax = 65536, kEndLineMax = 4096, kEndKeysSize = 60 };

// RFC 5764, section 4.2: the label of the keys of SRTP.
#define END_LABEL "EXTRACTOR-dtls_srtp"

typedef struct {
  bool is_server;
  const char *certificate, *key;  // PEM
  int mtu;                        // what a datagram may have without the headers of IP and UDP
  bool srtp;                      // SRTP_AES128_CM_HMAC_SHA1_80 is offered and taken
  bool cookies;                   // a server answers only who repeats a cookie
  bool long_hello;                // a client adds 1,280 bytes to its ClientHello
} EndOptions;

typedef struct {
  int socket;
  char lines[kEndLineMax];  // of standard input, not yet taken
  size_t size;
  bool has_ended;
} EndChannel;

// Ends the program when the arguments are wrong, or when there is no socket.
EndOptions end_options(int count, char** values);
EndChannel end_open(void);

// Reports that this end is ready, waits for the first order, and returns the peer's port. Fills the
// peer's fingerprint, which is a text as in SDP; `more` are further members of the report.
int end_meet(EndChannel* channel, const char* library, const char* more, char fingerprint[96]);

// Until a datagram or an order comes, at most so long; a negative time is for ever.
void end_wait(EndChannel* channel, int milliseconds);
// The next order without its end of line, or null. It is valid until the next call.
const char* end_order(EndChannel* channel);

// Until standard input ends.
void end_stay(EndChannel* channel);

void end_say(const char* format, ...) __attribute__((format(printf, 1, 2)));
// Two digits for each byte, and `between` between them unless it is 0. Returns `out`.
char* end_hex(const uint8_t* bytes, size_t size, char between, char* out);

#ifdef __cplusplus
}
#endif
