type Listener<Target, E> = (this: Target, event: E) => unknown;

interface ListenerObject<E> {
  handleEvent(event: E): unknown;
}

/** An interface with event classes only. */
type EventsOf<Events> = Record<keyof Events, Event>;

/** As lib.dom's AddEventListenerOptions, which the types of Node do not name. */
export interface ListenerOptions {
  capture?: boolean;
  once?: boolean;
  passive?: boolean;
  signal?: AbortSignal;
}

/**
 * An EventTarget whose events have types, and whose `on…` attributes work as in the platform.
 *
 * `Events` maps the name of each event to its class.
 */
export interface TypedEventTarget<Events extends EventsOf<Events>> {
  addEventListener<Name extends keyof Events & string>(
    type: Name,
    listener: Listener<this, Events[Name]> | ListenerObject<Events[Name]> | null,
    options?: boolean | ListenerOptions,
  ): void;
  removeEventListener<Name extends keyof Events & string>(
    type: Name,
    listener: Listener<this, Events[Name]> | ListenerObject<Events[Name]> | null,
    options?: boolean | ListenerOptions,
  ): void;
}

export class TypedEventTarget<Events extends EventsOf<Events>> extends EventTarget {
  /** Keeps `Events` in the type. */
  declare protected readonly events: Events;
  readonly #listenedTo = new Set<string>();

  static {
    // Not as a method, because a method would hide the types of the interface.
    Object.defineProperty(this.prototype, 'addEventListener', {
      configurable: true,
      writable: true,
      value(this: TypedEventTarget<object>, ...args: Parameters<EventTarget['addEventListener']>) {
        const isFirst = !this.#listenedTo.has(args[0]);
        this.#listenedTo.add(args[0]);
        EventTarget.prototype.addEventListener.apply(this, args);
        if (isFirst) this.gainedListener(args[0]);
      },
    });
  }

  /** Called when `type` gets its first listener. */
  protected gainedListener(_type: string): void {}

  /** Whether `type` ever had a listener. Frequent events are not made when they have none. */
  protected hasHadListener(type: keyof Events & string): boolean {
    return this.#listenedTo.has(type);
  }
}

/** An `on…` attribute. */
export type EventAttribute<Target, E> = Listener<Target, E> | null;

/** An `on…` attribute that lib.dom has, too, with a `this` of its own. */
export type AnyListener = ((this: any, event: any) => unknown) | null;

const handlers = new WeakMap<EventTarget, Map<string, Listener<EventTarget, Event>>>();

/** The words of a text, as a union. */
type Words<Text> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text;

/**
 * Gives `constructor` an attribute `on…` for each of its events, which are the words of `names`; the
 * class declares their types. A list that lacks one does not compile.
 */
export function defineEventAttributes<Events extends EventsOf<Events>, Names extends string>(
  constructor: { prototype: TypedEventTarget<Events> },
  names: [keyof Events & string, Words<Names>] extends [Words<Names>, keyof Events] ? Names : never,
): void {
  for (const name of names.split(' ')) {
    Object.defineProperty(constructor.prototype, `on${name}`, {
      configurable: true,
      enumerable: true,
      get(this: EventTarget) {
        return handlers.get(this)?.get(name) ?? null;
      },
      set(this: EventTarget, value: unknown) {
        const own = handlers.get(this) ?? new Map<string, Listener<EventTarget, Event>>();
        handlers.set(this, own);
        const old = own.get(name);
        if (old) this.removeEventListener(name, old);
        own.delete(name);
        if (typeof value !== 'function') return;
        own.set(name, value as Listener<EventTarget, Event>);
        this.addEventListener(name, value as Listener<EventTarget, Event>);
      },
    });
  }
}
