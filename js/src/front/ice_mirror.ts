import { enumerations } from '../check_options.js';
import type { ChannelPeer } from '../data_layer.js';
import {
  IceCandidateErrorEvent,
  IceCandidateEvent,
  SelectedCandidatePairChangeEvent,
} from '../events.js';
import { IceCandidate } from '../ice_candidate.js';
import type { IceParameters, IceRole } from '../ice_parameters.js';
import type { IceGatheringState, IceTransportState } from '../ice_transport_options.js';
import { readSecurity, type TransportSecurity } from '../security.js';
import type { EventReader, EventRecord } from '../wire/event_reader.js';
import { EventKind } from '../wire/record_kind.js';

export interface IceCandidatePair {
  local: IceCandidate;
  remote: IceCandidate;
}

/** In the order of ice::State. */
const states: readonly IceTransportState[] = [
  'new',
  'checking',
  'connected',
  'completed',
  'disconnected',
  'failed',
  'closed',
];

/** In the order of ice::GatheringState. */
export const gatheringStates: readonly IceGatheringState[] = ['new', 'gathering', 'complete'];

export function roleNumber(role: IceRole): number {
  return enumerations.role.indexOf(role);
}

export function roleOf(number: number): IceRole {
  return enumerations.role[number] ?? 'controlled';
}

/** This thread's copy of an agent's state: events update it, and getters read it. */
export class IceMirror {
  state: IceTransportState = 'new';
  /** Why the state is `disconnected` or `failed`, and what to do; empty in other states. */
  explanation = '';
  gatheringState: IceGatheringState = 'new';
  role: IceRole;
  /** Nothing can be sent before there is a `security`. */
  encrypts = false;
  security: TransportSecurity | null = null;
  /** The longest datagram that can be encrypted. */
  securedSizeMax = 0;
  channelPeer: ChannelPeer | undefined;
  localParameters: IceParameters | null = null;
  remoteParameters: IceParameters | null = null;
  localCandidates: IceCandidate[] = [];
  remoteCandidates: IceCandidate[] = [];
  /** By component. */
  readonly selectedPairs = new Map<number, IceCandidatePair>();

  /** Whether datagrams of that component can be sent. */
  canSend(component: number): boolean {
    const isOpen = this.state !== 'closed' && this.state !== 'failed';
    return isOpen && this.selectedPairs.has(component) && (!this.encrypts || !!this.security);
  }

  constructor(role: IceRole) {
    this.role = role;
  }

  /** Applies a record; returns the event for the application, if the record makes one. */
  apply({ kind, extra }: EventRecord, reader: EventReader): Event | undefined {
    switch (kind) {
      case EventKind.transport_state:
        this.state = states[reader.u8()] ?? 'failed';
        this.explanation = reader.text();
        return new Event('statechange');
      case EventKind.transport_role:
        this.role = roleOf(reader.u8());
        return undefined;
      case EventKind.transport_parameters:
        return this.#beginGeneration(reader);
      case EventKind.transport_remote_parameters:
        this.remoteParameters = { usernameFragment: reader.text(), password: reader.text() };
        return undefined;
      case EventKind.transport_candidate: {
        const candidate = this.#candidate(reader.text(), this.localParameters, reader.text());
        this.localCandidates.push(candidate);
        return new IceCandidateEvent('icecandidate', candidate);
      }
      case EventKind.transport_candidate_removed: {
        const candidate = this.#candidate(reader.text(), this.localParameters);
        this.localCandidates = without(this.localCandidates, candidate);
        return new IceCandidateEvent('icecandidateremoved', candidate);
      }
      case EventKind.transport_candidate_error:
        return candidateError(reader);
      case EventKind.transport_remote_candidate_removed: {
        const candidate = this.#candidate(reader.text(), this.remoteParameters);
        this.remoteCandidates = without(this.remoteCandidates, candidate);
        return undefined;
      }
      case EventKind.transport_remote_candidate:
        this.remoteCandidates.push(this.#candidate(reader.text(), this.remoteParameters));
        return undefined;
      case EventKind.transport_selected_pair:
        this.#select(extra, reader.text(), reader.text(), reader.text());
        return new SelectedCandidatePairChangeEvent('selectedcandidatepairchange', extra);
      case EventKind.transport_secured:
        this.security = readSecurity(reader);
        this.securedSizeMax = reader.u32();
        this.channelPeer = {
          association: reader.u32(),
          isClient: reader.u8() === 1,
          port: reader.u16(),
          messageSizeMax: reader.u32(),
        };
        return new Event('secure');
      default:
        return undefined;
    }
  }

  /** Forgets the candidates so far: they belong to the previous generation. */
  #beginGeneration(reader: EventReader): undefined {
    this.localParameters = { usernameFragment: reader.text(), password: reader.text() };
    this.localCandidates = [];
    this.remoteParameters = null;
    this.remoteCandidates = [];
  }

  #select(component: number, local: string, remote: string, relayProtocol: string): void {
    this.selectedPairs.set(component, {
      local: this.#candidate(local, this.localParameters, relayProtocol),
      remote: this.#candidate(remote, this.remoteParameters),
    });
  }

  #candidate(
    candidate: string,
    parameters: IceParameters | null,
    relayProtocol?: string,
  ): IceCandidate {
    const usernameFragment = parameters?.usernameFragment ?? null;
    const protocol = (relayProtocol || null) as IceCandidate['relayProtocol'];
    return new IceCandidate({ candidate, sdpMid: '0', usernameFragment }, protocol);
  }
}

/** Compares candidates by component and address, since the rest of the line may have changed. */
function without(candidates: IceCandidate[], gone: IceCandidate): IceCandidate[] {
  const place = ({ candidate }: IceCandidate): string => {
    const [, component, , , address, port] = candidate.split(' ');
    return `${component} ${address} ${port}`;
  };
  return candidates.filter((candidate) => place(candidate) !== place(gone));
}

function candidateError(reader: EventReader): IceCandidateErrorEvent {
  const url = reader.text();
  const errorCode = reader.u16();
  const errorText = reader.text();
  const address = reader.text() || null;
  const port = reader.u16() || null;
  const init = { address, port, url, errorCode, errorText };
  return new IceCandidateErrorEvent('icecandidateerror', init);
}
