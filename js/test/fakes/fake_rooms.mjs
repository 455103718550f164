// The server's half of floe.signal.1 for tests: rooms without limits.

/** Rooms by name; each is a list of the connections in it. */
export class FakeRooms {
  /** Called with each message between two members; returns the one that arrives in its place. */
  tamper = (message) => message;
  #rooms = new Map();
  #nextId = 1;

  /** `send` takes an object for the client. Returns what takes its texts, and its end. */
  connect(roomName, send) {
    const room = this.#rooms.get(roomName) ?? [];
    this.#rooms.set(roomName, room);
    const self = { id: `p${this.#nextId++}`, name: '', seq: 0, send };
    return {
      handle: (text) => this.#handle(room, self, JSON.parse(text)),
      end: () => this.#leave(room, self),
    };
  }

  #handle(room, self, message) {
    if (message.type === 'join') return this.#join(room, self, message);
    const others = room.filter((member) => member !== self);
    const to = message.to ? others.find(({ id }) => id === message.to) : others[0];
    if (!to) {
      self.send({ type: 'error', code: 'no-such-peer', message: 'nobody has that id' });
      return;
    }
    const { to: _, ...rest } = message;
    const arrives = this.tamper(rest, self);
    if (arrives) to.send({ ...arrives, from: self.id, seq: ++self.seq });
  }

  #join(room, self, { name, offers }) {
    Object.assign(self, { name, offers });
    const describe = (member) => ({ id: member.id, name: member.name, offers: member.offers });
    self.send({ type: 'joined', self: self.id, peers: room.map(describe) });
    for (const other of room) other.send({ type: 'peer-joined', peer: describe(self) });
    room.push(self);
  }

  #leave(room, self) {
    const index = room.indexOf(self);
    if (index < 0) return;
    room.splice(index, 1);
    for (const other of room) other.send({ type: 'peer-left', peer: self.id, reason: 'closed' });
  }
}
