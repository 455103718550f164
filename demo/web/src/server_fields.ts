import type { FloeError, IceCandidateErrorEvent, IceServer } from 'floe';

import { element } from './elements.js';

type Field = 'stun' | 'turn' | 'turn-user' | 'turn-password';

const fields: readonly Field[] = ['stun', 'turn', 'turn-user', 'turn-password'];
const wanted: Record<Field, string> = {
  stun: 'It begins with stun: or stuns:, without //, such as stun:stun.example.org.',
  turn: 'It begins with turn: or turns:, without //, such as turn:turn.example.org.',
  'turn-user': 'A TURN server wants a user.',
  'turn-password': 'A TURN server wants a password.',
};

/** The fields for STUN and TURN servers, with what is wrong with each beside it. */
export class ServerFields {
  readonly #said = new Map<Field, Set<string>>();

  constructor() {
    for (const field of fields) {
      this.#input(field).addEventListener('input', () => this.#forget(field));
    }
  }

  /** The servers, or undefined when a field must be mended first: it has the focus then. */
  read(): IceServer[] | undefined {
    this.clear();
    const [stun, turn, username] = fields.map((field) => this.#input(field).value.trim());
    const credential = this.#input('turn-password').value;
    if (stun && !/^stuns?:[^/]/i.test(stun)) this.#say('stun', wanted.stun);
    if (turn && !/^turns?:[^/]/i.test(turn)) this.#say('turn', wanted.turn);
    if (turn && !username) this.#say('turn-user', wanted['turn-user']);
    if (turn && !credential) this.#say('turn-password', wanted['turn-password']);
    const wrong = fields.find((field) => this.#said.has(field));
    if (wrong) {
      this.#input(wrong).focus();
      return undefined;
    }
    return [
      ...(stun ? [{ urls: stun }] : []),
      ...(turn ? [{ urls: turn, username: username ?? '', credential }] : []),
    ];
  }

  clear(): void {
    for (const field of fields) this.#forget(field);
  }

  /** A server gave no candidate. */
  showCandidateError({ url, errorCode, errorText }: IceCandidateErrorEvent): void {
    const reason = `${errorText || 'no candidate'} (${errorCode})`;
    this.#say(this.#fieldOf(url, errorCode), reason);
  }

  /** A connection ended by an error; shows it here, too, when it is about a server. */
  showFailure(error: FloeError): void {
    if (error.code === 'no-credential') this.#say('turn-user', error.message);
    if (error.code !== 'bad-ice-server') return;
    const stun = this.#input('stun').value.trim();
    this.#say(stun && error.message.includes(stun) ? 'stun' : 'turn', error.message);
  }

  /** A refusal of user and password is said beside the password. */
  #fieldOf(url: string, errorCode: number): Field {
    if (/^stuns?:/i.test(url)) return 'stun';
    return errorCode === 401 ? 'turn-password' : 'turn';
  }

  #input(field: Field): HTMLInputElement {
    return element<HTMLInputElement>(field);
  }

  /** Each of several local addresses may say the same: it is shown once. */
  #say(field: Field, text: string): void {
    const texts = this.#said.get(field) ?? new Set();
    this.#said.set(field, texts.add(text));
    element<HTMLDetailsElement>('servers').open = true;
    element(`${field}-error`).textContent = [...texts].join(' ');
    this.#input(field).setAttribute('aria-invalid', 'true');
  }

  #forget(field: Field): void {
    this.#said.delete(field);
    element(`${field}-error`).textContent = '';
    this.#input(field).removeAttribute('aria-invalid');
  }
}
