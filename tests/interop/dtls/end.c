#include "end.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char* what) {
  perror(what);
  exit(2);
}

EndOptions end_options(int count, char** values) {
  EndOptions options = {.mtu = 1200};
  for (int i = 1; i < count; ++i) {
    const char* value = i + 1 < count ? values[i + 1] : "";
    if (strcmp(values[i], "client") == 0) {
      options.is_server = false;
    } else if (strcmp(values[i], "server") == 0) {
      options.is_server = true;
    } else if (strcmp(values[i], "--srtp") == 0) {
      options.srtp = true;
    } else if (strcmp(values[i], "--cookies") == 0) {
      options.cookies = true;
    } else if (strcmp(values[i], "--long-hello") == 0) {
      options.long_hello = true;
    } else if (strcmp(values[i], "--mtu") == 0) {
      options.mtu = atoi(value), ++i;
    } else if (strcmp(values[i], "--certificate") == 0) {
      options.certificate = value, ++i;
    } else if (strcmp(values[i], "--key") == 0) {
      options.key = value, ++i;
    } else {
      fprintf(stderr, "%s: no option is called %s\n", values[0], values[i]);
      exit(2);
    }
  }
  return options;
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

EndChannel end_open(void) {
  EndChannel channel = {.socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
  const struct sockaddr_in any = loopback(0);
  if (channel.socket < 0) fail("socket");
  if (bind(channel.socket, (const struct sockaddr*)&any, sizeof any) != 0) fail("bind");
  fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
  alarm(kEndSecondsMax);
  return channel;
}

int end_meet(EndChannel* channel, const char* library, const char* more, char fingerprint[96]) {
  struct sockaddr_in address;
  socklen_t length = sizeof address;
  if (getsockname(channel->socket, (struct sockaddr*)&address, &length) != 0) fail("getsockname");
  end_say("{\"event\":\"ready\",\"library\":\"%s\",\"port\":%d%s}", library,
          ntohs(address.sin_port), more);
  const char* order = NULL;
  while (!channel->has_ended && !(order = end_order(channel))) end_wait(channel, -1);
  int port = 0;
  if (!order || sscanf(order, "%d %95s", &port, fingerprint) != 2) exit(2);
  const struct sockaddr_in peer = loopback(port);
  if (connect(channel->socket, (const struct sockaddr*)&peer, sizeof peer) != 0) fail("connect");
  return port;
}

void end_wait(EndChannel* channel, int milliseconds) {
  struct pollfd descriptors[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                 {.fd = channel->socket, .events = POLLIN}};
  if (memchr(channel->lines, '\n', channel->size)) return;
  if (poll(descriptors, 2, milliseconds) <= 0 || descriptors[0].revents == 0) return;
  const ssize_t got =
      read(STDIN_FILENO, channel->lines + channel->size, sizeof channel->lines - channel->size);
  if (got > 0) channel->size += (size_t)got;
  channel->has_ended = got == 0;
}

const char* end_order(EndChannel* channel) {
  static char order[kEndLineMax];
  const char* end = memchr(channel->lines, '\n', channel->size);
  if (!end) return NULL;
  const size_t length = (size_t)(end - channel->lines);
  memcpy(order, channel->lines, length);
  order[length] = '\0';
  channel->size -= length + 1;
  memmove(channel->lines, end + 1, channel->size);
  return order;
}

void end_stay(EndChannel* channel) {
  channel->socket = -1;
  while (!channel->has_ended) {
    channel->size = 0;
    end_wait(channel, -1);
  }
}

void end_say(const char* format, ...) {
  va_list values;
  va_start(values, format);
  vprintf(format, values);
  va_end(values);
  putchar('\n');
  fflush(stdout);
}

char* end_hex(const uint8_t* bytes, size_t size, char between, char* out) {
  char* at = out;
  *at = '\0';
  for (size_t i = 0; i < size; ++i) {
    if (i > 0 && between) *at++ = between;
    at += sprintf(at, "%02X", bytes[i]);
  }
  return out;
}
