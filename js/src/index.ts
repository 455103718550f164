export type { BytesLike, OwnBytes } from './bytes.js';
export { connect } from './connect.js';
export type { ConnectOptions, OldConnectOptions } from './connect_options.js';
export type { Connection, ConnectionState } from './connection.js';
export { ReconnectingEvent, WaitingEvent, type ConnectionEvents } from './connection_events.js';
export type { ChannelPeer, DataLayer, PacketCarrier } from './data_layer.js';
export type { DatagramDuplexStream } from './datagrams.js';
export type { LogFunction, LogLevel, RandomFunction } from './engine/imports.js';
export type { WebSocketConstructor, WebSocketLike } from './engine/web_socket.js';
export type { FloeErrorCode } from './error_codes.js';
export {
  DatagramEvent,
  FloeErrorEvent,
  IceCandidateErrorEvent,
  type IceCandidateErrorInit,
  IceCandidateEvent,
  SelectedCandidatePairChangeEvent,
  UdpDatagramEvent,
} from './events.js';
export { FloeError, type FloeErrorName, type FloeErrorOptions } from './floe_error.js';
export type { IceCandidatePair } from './front/ice_mirror.js';
export { init } from './front/module.js';
export {
  Gateway,
  type GatewayAddress,
  type GatewayCloseInfo,
  type GatewayEvents,
  type GatewayOptions,
  type GatewayState,
} from './gateway.js';
export {
  IceCandidate,
  type IceCandidateInit,
  type IceCandidateType,
  type IceProtocol,
  type IceTcpCandidateType,
} from './ice_candidate.js';
export type { IceParameters, IceRole } from './ice_parameters.js';
export type { IceServer } from './ice_server.js';
export type {
  IceCandidatePairStats,
  IceCandidateStats,
  IceCertificateStats,
  IceStats,
  IceStatsReport,
  IceTransportStats,
} from './ice_stats_report.js';
export { IceTransport, type IceTransportEvents } from './ice_transport.js';
export type {
  IceGatheringState,
  IceGatherOptions,
  IceGatherPolicy,
  IceNomination,
  IceTransportOptions,
  IceTransportState,
} from './ice_transport_options.js';
export {
  ByeEvent,
  CandidateSkippedEvent,
  Negotiation,
  type NegotiationEvents,
  NegotiationMessageEvent,
  type NegotiationOptions,
} from './negotiation.js';
export type { ModuleSource, WasmModule } from './platform/compile.js';
export type { Encryption, SecurityOptions, TransportSecurity } from './security.js';
export {
  SignalingClient,
  type SignalingEvents,
  type SignalingOptions,
  type SignalingPeer,
  type SignalingState,
} from './signaling_client.js';
export { PeerJoinedEvent, PeerLeftEvent, SignalingMessageEvent } from './signaling_events.js';
export type {
  CandidateMessage,
  DescriptionMessage,
  DtlsFingerprint,
  DtlsParameters,
  SctpParameters,
  SignalingMessage,
} from './signaling_message.js';
export { UdpSocket, type UdpSocketEvents, type UdpSocketOptions } from './udp_socket.js';
export type { TransportAddress } from './wire/event_reader.js';
