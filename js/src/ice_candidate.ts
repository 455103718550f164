/** As W3C's RTCIceCandidateInit. */
export interface IceCandidateInit {
  /** The line of RFC 8839, "candidate:…"; an empty one means that there are no more candidates. */
  candidate?: string;
  sdpMid?: string | null;
  sdpMLineIndex?: number | null;
  usernameFragment?: string | null;
}

export type IceProtocol = 'udp' | 'tcp';
export type IceTcpCandidateType = 'active' | 'passive' | 'so';
export type IceCandidateType = 'host' | 'srflx' | 'prflx' | 'relay';

/**
 * A candidate, with the members of W3C's RTCIceCandidate. JSON.stringify() turns it into the form
 * that addRemoteCandidate() at the other end takes.
 */
export class IceCandidate {
  declare readonly candidate: string;
  declare readonly sdpMid: string | null;
  declare readonly sdpMLineIndex: number | null;
  declare readonly usernameFragment: string | null;
  /** For an own relayed candidate: how the gateway reaches its TURN server. Otherwise null. */
  declare readonly relayProtocol: 'udp' | 'tcp' | 'tls' | null;
  readonly #fields: readonly string[];

  constructor(init: IceCandidateInit, relayProtocol: IceCandidate['relayProtocol'] = null) {
    const { candidate = '' } = init;
    this.relayProtocol = relayProtocol;
    this.candidate = `${candidate}`.replace(/^a=|\s+$/g, '');
    this.sdpMid = init.sdpMid ?? '0';
    this.sdpMLineIndex = init.sdpMLineIndex ?? null;
    this.#fields = this.candidate.split(/ +/);
    this.usernameFragment = init.usernameFragment ?? this.#extension('ufrag');
  }

  get foundation(): string | null {
    return this.#fields[0]?.replace(/^candidate:/, '') || null;
  }

  get component(): 'rtp' | 'rtcp' | null {
    if (this.#fields[1] === '1') return 'rtp';
    return this.#fields[1] === '2' ? 'rtcp' : null;
  }

  get protocol(): IceProtocol | null {
    return (this.#fields[2]?.toLowerCase() ?? null) as IceProtocol | null;
  }

  get priority(): number | null {
    return this.#number(3);
  }

  get address(): string | null {
    return this.#fields[4] ?? null;
  }

  get port(): number | null {
    return this.#number(5);
  }

  get type(): IceCandidateType | null {
    return this.#extension('typ') as IceCandidateType | null;
  }

  get tcpType(): IceTcpCandidateType | null {
    return this.#extension('tcptype') as IceTcpCandidateType | null;
  }

  get relatedAddress(): string | null {
    return this.#extension('raddr');
  }

  get relatedPort(): number | null {
    const text = this.#extension('rport');
    return text === null ? null : Number(text);
  }

  toJSON(): IceCandidateInit {
    const { candidate, sdpMid, sdpMLineIndex, usernameFragment } = this;
    return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
  }

  #number(index: number): number | null {
    const text = this.#fields[index];
    return text === undefined ? null : Number(text);
  }

  /** The value after `name`, from the seventh field on, where names and values alternate. */
  #extension(name: string): string | null {
    for (let i = 6; i + 1 < this.#fields.length; i += 2) {
      if (this.#fields[i] === name) return this.#fields[i + 1] ?? null;
    }
    return null;
  }
}
