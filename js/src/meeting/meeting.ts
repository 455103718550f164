import type { ConnectOptions } from '../connect_options.js';
import type { FloeErrorCode } from '../error_codes.js';
import { FloeError } from '../floe_error.js';
import { Deferred } from '../front/deferred.js';
import { securityCodes } from '../security.js';
import type { SignalingPeer } from '../signaling_client.js';
import type { SignalingMessageEvent } from '../signaling_events.js';
import type { Attempt, AttemptSource } from './attempt.js';
import { Backoff } from './backoff.js';
import { EarlyMessages } from './early_messages.js';
import { RoomSeat } from './room_seat.js';

export interface MeetingEvents {
  /** Datagrams can be sent by this attempt. */
  adopted(attempt: Attempt): void;
  /** The path is lost, and looked for. */
  lost(reason: string): void;
  waiting(error: FloeError): void;
  /** By the peer, or by an error that waiting does not mend. */
  ended(reason: string, error?: FloeError): void;
}

const pauseMinMs = 250;
const pauseMaxMs = 2_000;

/**
 * Meets a peer, and meets it again when the path is lost: one loop from the gateway over the room
 * and its members to a path, until end().
 */
export class Meeting {
  readonly #options: ConnectOptions;
  readonly #events: MeetingEvents;
  readonly #source: AttemptSource;
  readonly #seat: RoomSeat;
  readonly #early = new EarlyMessages();
  readonly #pauses = new Backoff(pauseMinMs, pauseMaxMs);
  readonly #onMessage = (event: SignalingMessageEvent): void => this.#receive(event);
  readonly #onChange = (): void => {
    if (this.#isOutdone) this.#attempt?.giveWay(this.#options.seeks!);
    this.#changed.resolve();
  };
  #changed = new Deferred<void>();
  #attempt: Attempt | undefined;
  #hasMet = false;
  #hasEnded = false;

  constructor(options: ConnectOptions, source: AttemptSource, events: MeetingEvents) {
    const { room, name, token, offers, peer, seeks } = options;
    const { signal: _, ...link } = options;
    this.#options = options;
    this.#source = source;
    this.#events = events;
    this.#seat = new RoomSeat(
      options.signaling,
      { ...link, room, name, token, offers },
      { name: peer, service: seeks },
    );
    const { client } = this.#seat;
    client.addEventListener('message', this.#onMessage);
    for (const type of roomEvents) client.addEventListener(type, this.#onChange);
    void this.#run();
  }

  /** Says goodbye to the peer, leaves the room, and closes what was made here. */
  end(farewell?: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const { client } = this.#seat;
    client.removeEventListener('message', this.#onMessage);
    for (const type of roomEvents) client.removeEventListener(type, this.#onChange);
    this.#attempt?.close(farewell);
    this.#seat.leave();
    this.#source.close();
    this.#changed.resolve();
  }

  async #run(): Promise<void> {
    while (!this.#hasEnded) {
      try {
        const attempt = await this.#meet();
        this.#hasMet = true;
        this.#pauses.reset();
        await this.#serve(attempt);
      } catch (error) {
        if (this.#hasEnded) return;
        await this.#handle(error);
      }
    }
  }

  /** Resolves with a path to a member of the room. */
  async #meet(): Promise<Attempt> {
    const makeAttempt = await this.#source.open();
    await this.#seat.joined();
    const peer = await this.#nextPeer();
    const attempt = makeAttempt({
      signaling: this.#seat.client,
      peer,
      onchange: this.#onChange,
      onbye: (reason) => this.#finish(reason),
      onslow: (error) => this.#events.waiting(error),
    });
    this.#attempt = attempt;
    for (const message of this.#early.take(peer.id)) attempt.receive(message);
    try {
      await attempt.connected;
      return attempt;
    } catch (error) {
      this.#seat.setAside(peer);
      attempt.close();
      throw error;
    }
  }

  async #nextPeer(): Promise<SignalingPeer> {
    let hasTold = false;
    for (;;) {
      const peer = this.#seat.candidate();
      if (peer) return peer;
      if (!hasTold) this.#events.waiting(nobodyError(this.#options));
      hasTold = true;
      await this.#change();
      if (this.#hasEnded) throw nobodyError(this.#options);
      await this.#seat.joined();
    }
  }

  /** Resolves when the path is lost for good, or another member takes the peer's place. */
  async #serve(attempt: Attempt): Promise<void> {
    this.#seat.forgive();
    const known = new Set(this.#seat.client.peers.map(({ id }) => id));
    this.#events.adopted(attempt);
    let isUp = true;
    while (!this.#hasEnded) {
      const successor = this.#successor(attempt.peer, known);
      if (successor && (!isUp || (await attempt.isSilent()))) break;
      if (successor) known.add(successor.id);
      await this.#change();
      if (attempt.hasEnded) break;
      if (isUp && !attempt.isUp) this.#events.lost(attempt.reason);
      if (!isUp && attempt.isUp) this.#events.adopted(attempt);
      isUp = attempt.isUp;
      if (!isUp && (this.#isOutdone || !this.#seat.isPresent(attempt.peer))) break;
    }
    if (this.#hasEnded) return;
    this.#events.lost(attempt.reason);
    this.#seat.setAside(attempt.peer);
    attempt.close();
  }

  /** Whether a member that offers what is sought is there, and the one that is tried does not. */
  get #isOutdone(): boolean {
    return this.#attempt !== undefined && this.#seat.hasBetter(this.#attempt.peer);
  }

  /** A member of the same name that came after the peer was met. */
  #successor(peer: SignalingPeer, known: Set<string>): SignalingPeer | undefined {
    return this.#seat.client.peers.find(({ id, name }) => name === peer.name && !known.has(id));
  }

  /** Waits before the next try, or ends when trying again is of no use. */
  async #handle(error: unknown): Promise<void> {
    const known = error instanceof FloeError ? error : unknownError(error);
    if (this.#isFinal(known)) return this.#finish('', known);
    this.#events.waiting(known);
    if (this.#seat.hasFresh()) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#pauses.next());
    });
    await Promise.race([pause, this.#change()]);
    clearTimeout(timer);
  }

  /**
   * A refusal is final. Before the first path so is a server that is not there, and the last member
   * to which no path works, or which is not who it should be: then the application decides.
   */
  #isFinal({ code }: FloeError): boolean {
    if (code === 'unauthorized' || code === 'room-full') return true;
    if (this.#seat.client.state === 'closed' || !this.#source.mayOpen) return true;
    if (this.#hasMet || code === 'no-answer') return false;
    return !ofOneMember.has(code) || !this.#seat.hasFresh();
  }

  #receive({ message, from }: SignalingMessageEvent): void {
    if (from === this.#attempt?.peer.id && !this.#attempt.hasEnded) {
      this.#attempt.receive(message);
    } else {
      this.#early.keep(from, message);
    }
  }

  #finish(reason: string, error?: FloeError): void {
    this.end();
    this.#events.ended(reason, error);
  }

  /** Resolves at the next change of the room, of the transport, or at the end. */
  async #change(): Promise<void> {
    await this.#changed.promise;
    this.#changed = new Deferred();
  }
}

/** Another member may do better. */
const ofOneMember = new Set<FloeErrorCode>(['no-channels', 'no-path', ...securityCodes]);

const roomEvents = ['joined', 'statechange', 'peerjoined', 'peerleft'] as const;

function nobodyError({ peer, seeks, room }: ConnectOptions): FloeError {
  const called = peer === undefined ? '' : ` called "${peer}"`;
  const offering = seeks === undefined ? '' : ` that offers "${seeks}"`;
  const who = `Nobody${called + offering || ' else'}`;
  const where = room === undefined ? 'the room' : `the room "${room}"`;
  return new FloeError('NetworkError', 'no-peer', `${who} is in ${where}.`, {
    hint: 'Start the other end, and check that both use the same server and the same room.',
  });
}

function unknownError(cause: unknown): FloeError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new FloeError('OperationError', 'unexpected', message, { cause });
}
