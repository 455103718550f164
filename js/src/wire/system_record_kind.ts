// The records of the system's network, apart from the others since no page needs them.

export enum SystemCommand {
  system_create = 60,
  system_addresses = 61,
  system_bound = 62,
  system_socket_failed = 63,
  system_datagram = 64,
  system_connected = 65,
  system_stream_bytes = 66,
  system_stream_taken = 67,
  system_stream_closed = 68,
  system_resolved = 69,
  system_route_found = 70,
}

export enum SystemEvent {
  system_open = 60,
  system_close_socket = 61,
  system_send = 62,
  system_connect = 63,
  system_stream_send = 64,
  system_close_stream = 65,
  system_resolve = 66,
  system_route = 67,
}
