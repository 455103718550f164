// A protocol of our own over Floe, tried between every two kinds of networks. All of it is
// simulated: no socket is opened, and the minutes that pass in it take a second or two.
#include <floe/sim/two_hosts.h>

#include <cstdio>
#include <string>

using namespace floe;

/// Orders until the order is confirmed, since datagrams get lost.
struct Client {
  explicit Client(Connection& to) : seller(to) {
    seller.on_datagram = [this](ice::ComponentId, Bytes said) {
      done |= as_text(said) == "done 7";
    };
  }
  void tick() { seller.send(as_bytes("order 7")); }

  Connection& seller;
  bool done = false;
};

/// Confirms each order, whoever sent it and however often.
struct Seller {
  explicit Seller(Connection& client) {
    client.on_datagram = [&client](ice::ComponentId, Bytes said) {
      const std::string order(as_text(said));
      if (order.rfind("order ", 0) == 0) client.send(as_bytes("done " + order.substr(6)));
    };
  }
};

/// Milliseconds until the order is confirmed, or -1.
int try_out(const sim::NetworkKind& left, const sim::NetworkKind& right, bool turn) {
  sim::TwoHosts net({.left = left, .right = right, .turn = turn});
  Connection here(net.left().api(), net.left_options());
  Connection there(net.right().api(), net.right_options());
  net.introduce(here, there);  // in a real program, a server carries the messages
  Client client(here);
  Seller seller(there);
  here.start();
  there.start();
  int milliseconds = 0;
  for (; !client.done && milliseconds < 60'000; milliseconds += 20) {
    client.tick();
    net.world().run_for(20ms);
  }
  return client.done ? milliseconds : -1;
}

int main() {
  std::puts("ms until an order is confirmed; r: only by a relay");
  bool all_work = true;
  int row = 0;
  for (const sim::NetworkKind& left : sim::network_kinds()) {
    std::printf("%2d %-22s", ++row, sim::word_of(left).c_str());
    for (const sim::NetworkKind& right : sim::network_kinds()) {
      const int direct = try_out(left, right, false);
      const int any = direct < 0 ? try_out(left, right, true) : direct;
      std::printf(direct < 0 ? " r%4d" : " %5d", any);
      all_work = all_work && any >= 0;
    }
    std::puts("");
  }
  return all_work ? 0 : 1;
}
