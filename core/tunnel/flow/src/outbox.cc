#include "floe/tunnel/flow/outbox.h"

namespace floe::tunnel {

bool Outbox::add(const RecordRef& record) {
  if (!messages_.append(record)) return false;
  send_complete();
  return true;
}

void Outbox::add_encoded(Bytes record) {
  messages_.append_encoded(record);
  send_complete();
}

void Outbox::flush() {
  if (blocked_) return;
  messages_.cut();
  send_complete();
}

void Outbox::on_writable() {
  blocked_ = false;
  send_complete();
}

void Outbox::send_complete() {
  while (!blocked_) {
    const Bytes message = messages_.complete();
    if (message.empty()) return;
    if (sink_.send_message(message)) {
      messages_.pop();
    } else {
      blocked_ = true;
    }
  }
}

}  // namespace floe::tunnel
