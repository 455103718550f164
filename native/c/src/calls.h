// How deep the program and the library have called each other through one handle.
//
// A callback runs inside a function of the library, which goes on with its object when the callback
// returns. So a callback may not run the object again, and when it destroys the object, this is put
// off until the outermost function returns.
#pragma once

namespace floe::c {

class Calls {
 public:
  Calls() = default;
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  bool in_callback() const { return callbacks_ != 0; }
  bool is_doomed() const { return is_doomed_; }

  /// Lives for as long as the library calls the program.
  class Callback {
   public:
    explicit Callback(Calls& calls) : calls_(calls) { ++calls_.callbacks_; }
    ~Callback() { --calls_.callbacks_; }
    Callback(const Callback&) = delete;
    Callback& operator=(const Callback&) = delete;

   private:
    Calls& calls_;
  };

  /// Lives for as long as the program calls the library. `Object` has calls() and destroy().
  template <class Object>
  class Function {
   public:
    explicit Function(Object& object) : object_(object) { ++object_.calls().functions_; }
    ~Function() {
      Calls& calls = object_.calls();
      if (--calls.functions_ != 0 || !calls.is_doomed_ || calls.is_ending_) return;
      calls.is_ending_ = true;
      object_.destroy();
    }
    Function(const Function&) = delete;
    Function& operator=(const Function&) = delete;

   private:
    Object& object_;
  };

  /// The object ends with the outermost Function.
  void doom() { is_doomed_ = true; }

 private:
  unsigned callbacks_ = 0;
  unsigned functions_ = 0;
  bool is_doomed_ = false;
  bool is_ending_ = false;  // its last callbacks may call functions, and must not destroy it again
};

}  // namespace floe::c
