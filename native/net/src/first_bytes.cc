#include "floe/native/first_bytes.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <utility>

namespace floe::native {

class FirstBytes::Waiting final : private WatchListener, private TimerListener, private Stranger {
 public:
  Waiting(FirstBytes& owner, Connection connection)
      : owner_(owner),
        connection_(std::move(connection)),
        ends_at_(owner.loop_.now() + kPatience),
        timer_(owner.loop_.create(*this)),
        place_(owner.strangers_.enter(connection_.peer.ip, *this)) {
    watch_.emplace(owner.loop_, connection_.fd.get(), static_cast<WatchListener&>(*this));
    wait();
  }

  int fd() const { return connection_.fd.get(); }
  Connection release() {
    watch_.reset();
    return std::move(connection_);
  }
  /// What is there stays unread, and would be reported in every pass.
  void look_again_later() {
    watch_->set_interest(false, false);
    timer_->arm(owner_.loop_.now() + kLookAgainAfter);
  }

  std::list<std::unique_ptr<Waiting>>::iterator in_list;

 private:
  void wait() {
    watch_->set_interest(true, false);
    timer_->arm(ends_at_);
  }
  void on_ready(Readiness) override { owner_.look(*this); }
  void on_displaced() override { owner_.remove(*this); }
  void handle_timeout(Timestamp now) override {
    now < ends_at_ ? owner_.look(*this) : owner_.remove(*this);
  }

  FirstBytes& owner_;
  Connection connection_;
  Timestamp ends_at_;
  std::optional<Watch> watch_;
  std::unique_ptr<Timer> timer_;
  Strangers::Place place_;
};

FirstBytes::FirstBytes(Loop& loop, Strangers& strangers, OnKnown on_known)
    : loop_(loop), strangers_(strangers), on_known_(std::move(on_known)) {}

FirstBytes::~FirstBytes() = default;

void FirstBytes::take(Connection connection) {
  const auto place =
      waiting_.insert(waiting_.end(), std::make_unique<Waiting>(*this, std::move(connection)));
  (*place)->in_list = place;
}

void FirstBytes::clear() {
  waiting_.clear();
}

void FirstBytes::look(Waiting& waiting) {
  std::array<char, kKnownAfter> bytes{};
  const ssize_t size = recv(waiting.fd(), bytes.data(), bytes.size(), MSG_PEEK | MSG_DONTWAIT);
  if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) return remove(waiting);
  if (size < static_cast<ssize_t>(bytes.size())) return waiting.look_again_later();
  Connection connection = waiting.release();
  remove(waiting);
  on_known_(std::move(connection), {bytes.data(), bytes.size()});
}

void FirstBytes::remove(Waiting& waiting) {
  const std::unique_ptr<Waiting> gone = std::move(*waiting.in_list);
  waiting_.erase(gone->in_list);
}

}  // namespace floe::native
