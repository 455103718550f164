// A call that a Loop makes later: after the callback that runs now, or at the end of the pass.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace floe::native {

class Loop;

class DeferredListener {
 public:
  virtual void on_deferred() = 0;

 protected:
  ~DeferredListener() = default;
};

/// A request to be called once, soon, but never from inside the caller's own stack.
///
/// A second request before the call changes nothing. Destroying the Deferred cancels the call; a
/// posted task cannot be cancelled. So objects that may be destroyed at any time use this class
/// instead of Loop::post(). A request allocates nothing.
class Deferred {
 public:
  enum class When : std::uint8_t {
    after_callback,  ///< as soon as the listener that the loop is calling has returned
    end_of_pass,     ///< when everything that was ready in this pass has been handled: to flush
                     ///< batches
  };

  /// `loop` and `listener` must outlive it.
  Deferred(Loop& loop, When when, DeferredListener& listener)
      : loop_(loop), listener_(listener), when_(when) {}
  ~Deferred() { cancel(); }
  Deferred(const Deferred&) = delete;
  Deferred& operator=(const Deferred&) = delete;

  void request();
  void cancel();
  bool is_requested() const { return queue_ != nullptr; }

 private:
  friend class DeferredQueue;

  Loop& loop_;
  DeferredListener& listener_;
  When when_;
  std::vector<Deferred*>* queue_ = nullptr;  // where it waits, and at which index
  std::size_t index_ = 0;
};

/// A Deferred that calls one member function of its owner, so that an owner may have several.
template <class Owner, void (Owner::*kMethod)()>
class DeferredCall final : private DeferredListener {
 public:
  DeferredCall(Loop& loop, Deferred::When when, Owner& owner)
      : owner_(owner), deferred_(loop, when, *this) {}

  void request() { deferred_.request(); }
  void cancel() { deferred_.cancel(); }

 private:
  void on_deferred() override { (owner_.*kMethod)(); }

  Owner& owner_;
  Deferred deferred_;
};

}  // namespace floe::native
